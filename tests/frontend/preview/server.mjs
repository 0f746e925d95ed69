// A server for looking at the room without the real one: `node server.mjs PAGE.html [PORT]`.
// It speaks the main protocol with a short scripted interview; the "voice" is a soft tone. In the environment: TASK (a name in
// tasks.mjs), SECONDS (left for it), PHASE=code (begin there), RUN_MS (how long a run takes), HOLD=1 (results wait for GET /release).
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { judged, TASKS } from "./tasks.mjs";

const frontend = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "frontend");
const { WebSocketServer } = createRequire(path.join(frontend, "package.json"))("ws");
const [page, port = "8123"] = process.argv.slice(2);
const TYPES = { ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".html": "text/html", ".map": "application/json" };

const { ChangeSet, Text } = createRequire(path.join(frontend, "package.json"))("@codemirror/state");
const { env } = process;
const TASK = { ...TASKS[env.TASK ?? "program"], seconds_left: Number(env.SECONDS ?? 1500) };

const SCRIPT = [
  { phase: "intro", kind: "greeting", text: "Hello! I am Viva, an AI interviewer. This conversation is transcribed and assessed with the help of software; a person makes the decision." },
  { phase: "intro", kind: "prompt", text: "Please introduce yourself." },
  { phase: "question", kind: "notice", text: "Thank you for the introduction. Now to the questions." },
  { phase: "question", kind: "question", question_number: 1, text: "Your resume mentions a billing service that you moved from a monolith. How did you decide where to cut, and what would you do differently today?" },
  { phase: "question", kind: "follow_up", question_number: 1, text: "How did you find out that a message had been handled twice?" },
  { phase: "code", kind: "notice", text: "That was the last question. Now to the coding task." },
  { phase: "code", kind: "task", text: "Here is your task: Running totals.", task: TASK },
  { phase: "code", kind: "follow_up", text: "Your loop in line 8 reads the whole input into a list first. How much memory does that take for a file of ten gigabytes, and what would you change?" },
  { phase: "code", kind: "follow_up", text: "You call the variable `numbers`. What does it hold when a line of the input is empty?" },
  { phase: "code", kind: "closing", text: "That was everything. Thank you for your time; your report is being prepared." },
];

/** One interview; it outlives its sockets, as the real one does. */
const [first] = TASK.languages;
const interview = { at: env.PHASE === "code" ? 5 : 0, seq: 0, sent: [], code: { task_id: TASK.task_id, language: first, text: TASK.starter[first], seq: 0 }, received: {}, runs: {} };

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
  const task = interview.at && line?.phase === "code" ? TASK : null;
  const begun = interview.seq > 0;
  const state = { phase: begun ? line.phase : "waiting", question_number: line?.question_number ?? 0, question_count: 5, seconds_left: 2460, task, code: task ? interview.code : null, speech_engine: "pocketsphinx", voice_engine: process.env.VOICE ?? "tone", last_seq: interview.seq, proctoring: true };
  send({ type: "stream_created", stream_id: "s", title: "", interview_id: "7", text: "Video stream created", resumed: begun, state });
  for (const message of interview.sent) if (message.seq > lastSeq) send(message);
  if (!begun) advance(send);
}

function answer(send, text, n) {
  const utterance_id = `u${interview.seq}`;
  for (const upTo of [0.4, 0.7]) send({ type: "asr_result", text: text.slice(0, text.length * upTo), final: false, utterance_id });
  setTimeout(() => {
    send(number({ type: "asr_result", text, final: true, utterance_id, acked_n: n }));
    setTimeout(() => advance(send), 400);
  }, 700);
}

/** Each run once, whatever the connection does meanwhile. */
function judge(message, hidden) {
  if (interview.runs[message.run_id]) return;
  interview.runs[message.run_id] = true;
  const tell = () => tellAll(number({ type: "code_result", task_id: message.task_id, run_id: message.run_id, kind: hidden ? "submission" : "run", ...judged(TASK, message, hidden) }));
  if (held) held.push(tell);
  else setTimeout(tell, Number(env.RUN_MS ?? 700));
}

/** Results that wait; null once they do not any more. */
let held = env.HOLD ? [] : null;

function release() {
  const waiting = held ?? [];
  held = null;
  for (const tell of waiting) tell();
}

function tellAll(message) {
  for (const client of sockets.clients) if (client.readyState === 1) client.send(JSON.stringify(message));
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
    const { code } = interview;
    if (env.DEAF) return;
    if (message.base_seq > code.seq) return send({ type: "error", code: "editor_gap", text: "Events are missing.", retryable: true });
    for (const { changes } of message.events.slice(code.seq - message.base_seq)) {
      const base = changes.reduce((length, part) => length + (Array.isArray(part) ? part[0] : part), 0);
      if (code.seq === 0 && base !== code.text.length) code.text = TASK.starter[message.language];
      code.text = ChangeSet.fromJSON(changes).apply(Text.of(code.text.split("\n"))).toString();
      code.seq += 1;
    }
    code.language = message.language;
    send({ type: "editor_ack", task_id: message.task_id, seq: code.seq });
  },
  code_run: (send, message) => judge(message, false),
  code_submit: (send, message) => {
    if (interview.runs[message.run_id]) return;
    interview.submitted = message;
    judge(message, true);
    setTimeout(() => advance(tellAll), 300);
  },
  client_event: (send, message) => message.name === "paste" && send(number({ type: "cheat_detected", text: "More than one person is in view, which may be cheating.", signal: "multiple_faces", event_id: interview.seq })),
  ping: (send, message) => send({ type: "pong", t: message.t }),
  audio_frame: (_send, message) => { interview.received.n = message.n; },
};

/** Nobody gets a connection. */
let away = false;

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  if (pathname === "/state") return response.end(JSON.stringify(interview));
  if (pathname === "/release") {
    release();
    return response.end();
  }
  if (pathname.startsWith("/away/")) away = pathname === "/away/yes";
  if (pathname === "/away/no") return response.end();
  if (pathname.startsWith("/cut/") || away) {
    for (const client of sockets.clients) client.close(away ? 4012 : Number(pathname.slice(5)));
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
  if (away) return socket.close(4012);
  const send = (message) => socket.readyState === 1 && socket.send(JSON.stringify(message));
  send({ type: "connection_established", session_id: "x", text: "WebRTC connection established" });
  socket.on("message", (data) => {
    const message = JSON.parse(data);
    interview.received[message.type] = (interview.received[message.type] ?? 0) + 1;
    handlers[message.type]?.(send, message);
  });
});
server.listen(Number(port), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
