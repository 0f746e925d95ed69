// A server for looking at the room without the real one: `node server.mjs PAGE.html [PORT]`.
// It speaks the main protocol with a short scripted interview; the "voice" is a soft tone.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const frontend = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "frontend");
const { WebSocketServer } = createRequire(path.join(frontend, "package.json"))("ws");
const [page, port = "8123"] = process.argv.slice(2);
const TYPES = { ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".html": "text/html", ".map": "application/json" };

const TASK = {
  task_id: "sum", title: "Running totals", languages: ["python", "javascript", "java", "go"], seconds_left: 1500,
  statement: "A file of payments holds one integer per line. Print the running total after each line.\n\nThe first line holds the number of payments n (1 ≤ n ≤ 100 000). Totals may be negative.\n\nAim for a solution that reads the input once.",
  starter: {
    python: "import sys\n\n\ndef main() -> None:\n    # Read from standard input, write to standard output.\n    numbers = [int(line) for line in sys.stdin]\n\n\nmain()\n",
    javascript: "const lines = require('fs').readFileSync(0, 'utf8').split('\\n');\n", java: "class Main {\n}\n", go: "package main\n",
  },
  visible_tests: [{ name: "two", input: "2\n3\n4\n", expected: "3\n7\n" }, { name: "negative", input: "1\n-5\n", expected: "-5\n" }],
};

const SCRIPT = [
  { phase: "intro", kind: "greeting", text: "Hello! I am Viva, an AI interviewer. This conversation is transcribed and assessed with the help of software; a person makes the decision." },
  { phase: "intro", kind: "prompt", text: "Please introduce yourself." },
  { phase: "question", kind: "notice", text: "Thank you for the introduction. Now to the questions." },
  { phase: "question", kind: "question", question_number: 1, text: "Your resume mentions a billing service that you moved from a monolith. How did you decide where to cut, and what would you do differently today?" },
  { phase: "question", kind: "follow_up", question_number: 1, text: "How did you find out that a message had been handled twice?" },
  { phase: "code", kind: "notice", text: "That was the last question. Now to the coding task." },
  { phase: "code", kind: "task", text: "Here is your task: Running totals.", task: TASK },
  { phase: "code", kind: "closing", text: "That was everything. Thank you for your time; your report is being prepared." },
];

/** One interview; it outlives its sockets, as the real one does. */
const interview = { at: 0, seq: 0, sent: [], code: { task_id: "sum", language: "python", text: TASK.starter.python, seq: 0 }, received: {} };

function number(message) {
  interview.seq += 1;
  interview.sent.push({ ...message, seq: interview.seq });
  return interview.sent.at(-1);
}

function tone(seconds) {
  const rate = 22050;
  const bytes = Buffer.alloc(Math.round(rate * seconds) * 2);
  for (let at = 0; at < bytes.length / 2; at += 1) {
    const syllable = 0.5 + 0.5 * Math.sin((2 * Math.PI * 3.3 * at) / rate);
    bytes.writeInt16LE(Math.round(4000 * syllable * Math.sin((2 * Math.PI * 180 * at) / rate)), at * 2);
  }
  return bytes;
}

function speak(send, text, utterance_id) {
  send({ type: "ai_speaking_start", utterance_id });
  for (const word of text.split(/(?<= )/)) {
    send({ type: "ai_transcript_chunk", utterance_id, text: word });
    send({ type: "ai_audio_chunk", utterance_id, index: 0, format: "pcm16", sample_rate: 22050, audio: tone(0.15).toString("base64") });
  }
  send({ type: "ai_audio_end", utterance_id });
}

function advance(send) {
  for (;;) {
    const line = SCRIPT[interview.at];
    if (!line) return;
    interview.at += 1;
    const utterance_id = `a${interview.at}`;
    send(number({ type: "interview_message", question_count: 5, question_number: 0, utterance_id, ...line }));
    speak(send, line.text, utterance_id);
    if (line.kind === "closing") send(number({ type: "interview_complete", summary: line.text, interview_id: "7", outcome: "completed" }));
    if (!["greeting", "notice"].includes(line.kind)) return;
  }
}

function resume(send, lastSeq) {
  const line = SCRIPT[interview.at - 1];
  const task = line?.phase === "code" ? TASK : null;
  const state = { phase: line?.phase ?? "waiting", question_number: line?.question_number ?? 0, question_count: 5, seconds_left: 2460, task, code: task ? interview.code : null, speech_engine: "pocketsphinx", voice_engine: process.env.VOICE ?? "tone", last_seq: interview.seq, proctoring: true };
  send({ type: "stream_created", stream_id: "s", title: "", interview_id: "7", text: "Video stream created", resumed: !!line, state });
  for (const message of interview.sent) if (message.seq > lastSeq) send(message);
  if (!line) advance(send);
}

function answer(send, text, n) {
  const utterance_id = `u${interview.seq}`;
  for (const upTo of [0.4, 0.7]) send({ type: "asr_result", text: text.slice(0, text.length * upTo), final: false, utterance_id });
  setTimeout(() => {
    send(number({ type: "asr_result", text, final: true, utterance_id, acked_n: n }));
    setTimeout(() => advance(send), 400);
  }, 700);
}

const handlers = {
  create_stream: (send, message) => resume(send, message.last_seq ?? 0),
  text_answer: (send, message) => answer(send, message.text, 0),
  control: (send, message) => {
    if (message.action === "answer_done") answer(send, "I worked on payments for four years, first on the ledger and then on the service that talks to the banks.", interview.received.n ?? 0);
    if (message.action === "skip_question") advance(send);
    if (message.action === "need_time") send(number({ type: "interview_message", phase: "question", kind: "notice", text: "Of course, take your time." }));
    if (message.action === "repeat_question") speak(send, SCRIPT[interview.at - 1].text, `a${interview.at}`);
    if (message.action === "end_interview") { interview.at = SCRIPT.length - 1; advance(send); }
  },
  playback: (send, message) => message.event === "ended" && send({ type: "ai_speaking_end", utterance_id: message.utterance_id }),
  editor_events: (send, message) => {
    interview.code.seq = Math.max(interview.code.seq, message.base_seq + message.events.length);
    send({ type: "editor_ack", task_id: message.task_id, seq: interview.code.seq });
  },
  code_run: (send, message) => send(number({ type: "code_result", task_id: message.task_id, run_id: message.run_id, status: "unavailable", text: "" })),
  code_submit: (send) => advance(send),
  client_event: (send, message) => message.name === "paste" && send(number({ type: "cheat_detected", text: "More than one person is in view, which may be cheating.", signal: "multiple_faces", event_id: interview.seq })),
  ping: (send, message) => send({ type: "pong", t: message.t }),
  audio_frame: (_send, message) => { interview.received.n = message.n; },
};

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  if (pathname === "/state") return response.end(JSON.stringify(interview));
  if (pathname.startsWith("/cut/")) {
    for (const client of sockets.clients) client.close(Number(pathname.slice(5)));
    return response.end();
  }
  if (pathname.startsWith("/api/v1/analysis/")) return response.end(JSON.stringify({ status: "ready" }));
  if (pathname === "/api/v1/interviews/7/") return response.end(JSON.stringify({ transcript: [] }));
  if (pathname.startsWith("/api/")) return response.end("{}");
  const file = pathname.startsWith("/static/") ? pathname.slice(8) : null;
  for (const candidate of file ? [path.join(frontend, "dist", file), path.join(frontend, "public", file)] : [page]) {
    try {
      const body = await readFile(candidate);
      response.setHeader("Content-Type", TYPES[path.extname(candidate)] ?? "application/octet-stream");
      return response.end(body);
    } catch { /* try the next folder */ }
  }
  response.statusCode = 404;
  response.end();
});
const sockets = new WebSocketServer({ server, path: "/ws/webrtc/" });
sockets.on("connection", (socket) => {
  const send = (message) => socket.readyState === 1 && socket.send(JSON.stringify(message));
  send({ type: "connection_established", session_id: "x", text: "WebRTC connection established" });
  socket.on("message", (data) => {
    const message = JSON.parse(data);
    interview.received[message.type] = (interview.received[message.type] ?? 0) + 1;
    handlers[message.type]?.(send, message);
  });
});
server.listen(Number(port), "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/`));
