// Tasks of each kind, and a judge that goes by words in the source: SOLVED, LOOP, BROKEN, CRASH; anything else fails one test.
const limits = { seconds: 2, memory_mb: 256 };

export const TASKS = {
  program: {
    task_id: "sum", kind: "program", title: "Running totals", languages: ["python", "javascript", "typescript", "java", "c", "cpp", "go", "rust", "ruby", "php", "bash"], limits, subject: {}, setup: "",
    statement: "A file of payments holds one integer per line. Print the running total after each line.\n\nThe first line holds the number of payments `n` (1 ≤ n ≤ 100 000). Totals may be negative.\n\nFor the input\n\n    3\n    1\n    2\n    -5\n\nthe output is\n\n    1\n    3\n    -2\n\nAim for a solution that\n\n- reads the input once,\n- keeps no more than one number in memory.",
    starter: {
      python: "import sys\n\n\ndef solve(text: str) -> str:\n    \"\"\"`text` is the whole input; return the whole output.\"\"\"\n    return \"\"\n\n\nprint(solve(sys.stdin.read()))\n",
      javascript: "const lines = require('fs').readFileSync(0, 'utf8').split('\\n');\n", typescript: "const lines: string[] = [];\n", java: "class Main {\n}\n", c: "#include <stdio.h>\n\nint main(void) {\n    return 0;\n}\n",
      cpp: "#include <iostream>\n\nint main() {\n}\n", go: "package main\n\nfunc main() {\n}\n", rust: "fn main() {\n}\n", ruby: "# One line a payment.\nputs $stdin.read\n", php: "<?php\necho file_get_contents('php://stdin');\n", bash: "#!/bin/bash\nwhile read -r line; do\n  echo \"$line\"\ndone\n",
    },
    visible_tests: [
      { name: "two payments", input: "2\n3\n4\n", expected: "3\n7\n" },
      { name: "a negative total", input: "4\n-5\n1\n1\n10\n", expected: "-5\n-4\n-3\n7\n" },
      { name: "many payments of the same size", input: "6\n1\n1\n1\n1\n1\n1\n", expected: "1\n2\n3\n4\n5\n6\n" },
    ],
  },
  sql: {
    task_id: "late", kind: "sql", title: "Customers who pay late", languages: ["sql"], limits, subject: {},
    statement: "List every customer whose last invoice is unpaid, with the sum that is open.\n\nColumns: `name`, `open`. Order by `open`, the largest first.",
    setup: "CREATE TABLE customers (\n  id INTEGER PRIMARY KEY,\n  name TEXT NOT NULL\n);\n\nCREATE TABLE invoices (\n  id INTEGER PRIMARY KEY,\n  customer_id INTEGER NOT NULL REFERENCES customers (id),\n  issued_on TEXT NOT NULL,\n  amount INTEGER NOT NULL,\n  paid_on TEXT\n);\n",
    starter: { sql: "SELECT name\nFROM customers;\n" },
    visible_tests: [
      { name: "one is late", input: "INSERT INTO customers VALUES (1, 'Ann'), (2, 'Bob');\nINSERT INTO invoices VALUES (1, 1, '2024-01-01', 100, NULL);\n", expected: "Ann|100\n" },
      { name: "nobody is late", input: "INSERT INTO customers VALUES (1, 'Ann');\n", expected: "" },
    ],
  },
  function: {
    task_id: "reduce", kind: "function", title: "Undo and redo", languages: ["javascript", "typescript", "python"], limits, subject: {}, setup: "",
    statement: "Write the pure function `nextState(state, action)`.\n\n```\n{ past: [1, 2], present: 3, future: [] }\n```\n\nbecomes after `undo`\n\n```\n{ past: [1], present: 2, future: [3] }\n```",
    starter: { javascript: "function nextState(state, action) {\n  return state;\n}\n", typescript: "function nextState(state: State, action: Action): State {\n  return state;\n}\n", python: "def next_state(state, action):\n    return state\n" },
    visible_tests: [{ name: "undo", input: '[{"past": [1], "present": 2, "future": []}, "undo"]', expected: '{"past": [], "present": 1, "future": [2]}' }, { name: "nothing to undo", input: '[{"past": [], "present": 2, "future": []}, "undo"]', expected: '{"past": [], "present": 2, "future": []}' }],
  },
  testing: {
    task_id: "discount", kind: "testing", title: "Test a price calculator", languages: ["python", "javascript"], limits, setup: "",
    statement: "The module below is correct. Write tests that pass for it, and fail for every faulty version of it.",
    subject: {
      python: "def discount(total, vip):\n    \"\"\"Cents off: 10% from 100.00 on, 5% more for VIPs, at most 50.00.\"\"\"\n    rate = (10 if total >= 10_000 else 0) + (5 if vip else 0)\n    return min(total * rate // 100, 5_000)\n",
      javascript: "function discount(total, vip) {\n  const rate = (total >= 10000 ? 10 : 0) + (vip ? 5 : 0);\n  return Math.min(Math.floor((total * rate) / 100), 5000);\n}\nmodule.exports = { discount };\n",
    },
    starter: { python: "from subject import discount\n\nassert discount(0, False) == 0\n", javascript: "const assert = require(\"assert\");\nconst { discount } = require(\"./subject\");\n" },
    visible_tests: [{ name: "accepts the correct program", input: "", expected: "" }, { name: "catches: the limit of 50.00 is missing", input: "", expected: "" }],
  },
  written: {
    task_id: "pricing", kind: "written", title: "Written case: a plan for small companies", languages: ["text"], limits: { seconds: 2, memory_mb: 256 }, subject: {}, setup: "",
    statement: "Your product plans shifts for restaurants with more than fifty employees and costs 200 a month for each place. Every week some thirty small cafés sign up for the trial; almost none of them buys.\n\nWrite, on about one page: which facts you need before deciding and how you get them in two weeks; the options you see; which one you would recommend and why.",
    starter: { text: "## Facts needed\n\n\n## Options\n\n\n## Recommendation\n\n" },
    visible_tests: [],
  },
};

function testOf(task, test, index, source) {
  const used = { time_ms: 31 + 7 * index, memory_kb: 9800 + 120 * index, stdout: test.expected ?? "" };
  if (source.includes("SOLVED") || index === 0) return { name: test.name, status: "ok", ...used };
  if (source.includes("LOOP")) return { name: test.name, status: "time_limit", ...used, time_ms: 2000, stdout: "" };
  if (source.includes("CRASH")) return { name: test.name, status: "runtime_error", ...used, stdout: "" };
  return { name: test.name, status: "wrong_answer", ...used, stdout: (test.expected ?? "").replace(/^(.*)\n(.*)\n/, "$1\n0\n") };
}

/** The rest of a `code_result`. */
export function judged(task, { source, stdin }, hidden) {
  const empty = { text: "", stdout: "", stderr: "", tests: [], hidden: null, time_ms: null, memory_kb: null };
  if (task.kind === "written") return { ...empty, status: "ok" };
  if (source.includes("BROKEN")) return { ...empty, status: "compile_error", stderr: 'File "main.py", line 5\n    return (\n           ^\nSyntaxError: \'(\' was never closed', hidden: hidden ? { passed: 0, total: 9 } : null };
  if (stdin !== undefined) return { ...empty, status: "ok", stdout: stdin.toUpperCase(), time_ms: 24, memory_kb: 9300 };
  const tests = task.visible_tests.map((test, index) => testOf(task, test, index, source));
  const status = tests.find((test) => test.status !== "ok")?.status ?? "ok";
  const stderr = source.includes("CRASH") ? "Traceback (most recent call last):\n  File \"main.py\", line 6, in solve\nZeroDivisionError: division by zero" : "";
  return { ...empty, status, tests, stderr, hidden: hidden ? { passed: status === "ok" ? 9 : 4, total: 9 } : null, time_ms: 112, memory_kb: 10_400, text: `${tests.filter((test) => test.status === "ok").length} of ${tests.length} tests passed.` };
}
