/** Puts a room state on the page. Writes only what changed. */

import { clockText, secondsLeft, shortest } from "../core/clock.ts";
import { isConversation, isListening, type Notice, type Phase, type RoomState } from "../core/state.ts";
import { part, setOptional, setText, text } from "../page.ts";
import { renderBanner } from "./banner.ts";

/** What the room knows beside the interview's state. */
export interface LocalState {
  input: "voice" | "text";
  typingOpen: boolean;
  hearing: boolean;
  cameraOn: boolean;
  voiceOn: boolean;
}

/** Characters from which a question is set smaller. */
const LONG_QUESTION = 160;
/** From here on the time left stands out. */
const LOW_SECONDS = { task: 300, talk: 120 };
const PHASES: Phase[] = ["intro", "question", "code", "done"];

export function render(state: RoomState, local: LocalState, at: number): void {
  const room = part("presence").closest<HTMLElement>(".room");
  if (room) room.dataset["phase"] = state.phase;
  if (room) room.dataset["asked"] = state.prompt?.kind ?? "";
  renderStepper(state);
  renderTimer(state, at);
  renderStage(state, local);
  renderAnswer(state, local);
  renderSelf(state, local);
  renderNotices(state.notices);
  if (state.phase !== "done") renderBanner(state.connection, state.everOpen);
  setOptional(part("toast"), state.error ? state.error.text || text("error_generic") : "");
}

function renderStepper(state: RoomState): void {
  const current = PHASES.indexOf(state.phase);
  for (const item of part("stepper").querySelectorAll<HTMLElement>("[data-phase]")) {
    const place = PHASES.indexOf(item.dataset["phase"] as Phase);
    item.dataset["place"] = place < current ? "past" : place === current ? "now" : "next";
    if (place === current) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  }
  const counted = state.phase === "question" && state.questionNumber > 0 && state.questionCount > 0;
  const values = { number: state.questionNumber, count: state.questionCount };
  setText(part("question-count"), counted ? text("progress_question", values) : "");
}

/** In the code phase the task's limit, if that comes first. */
function renderTimer(state: RoomState, at: number): void {
  const atTask = state.phase === "code" && !state.handedIn;
  const seconds = shortest(secondsLeft(state.clock, at), atTask ? secondsLeft(state.taskClock, at) : null);
  part("timer").hidden = seconds === null;
  part("timer").dataset["low"] = String(seconds !== null && seconds <= LOW_SECONDS[atTask ? "task" : "talk"]);
  if (seconds !== null) setText(part("timer-text"), clockText(seconds));
}

function renderStage(state: RoomState, local: LocalState): void {
  part("presence").dataset["mood"] = moodOf(state, local);
  setText(part("status"), text(statusKey(state, local)));
  setText(part("stage-label"), stageLabel(state));
  const question = part("question");
  const asked = state.prompt?.text ?? "";
  const fresh = question.textContent !== asked;
  if (fresh) question.parentElement?.scrollTo(0, 0); // where the last one was read to its end
  setText(question, asked);
  question.dataset["long"] = String((state.prompt?.text.length ?? 0) > LONG_QUESTION);
  setText(part("caption"), captionOf(state));
  const heard = answerSoFar(state);
  const empty = !heard && !state.partial;
  setText(part("heard-final"), heard);
  setText(part("heard-partial"), empty ? text("heard_hint") : state.partial);
  part("heard").dataset["empty"] = String(empty);
  if (fresh && state.phase === "code" && isConversation(state)) part("stage-label").scrollIntoView({ block: "nearest" });
  part("heard").hidden = empty && (local.input === "text" || local.typingOpen || isClosing(state));
}

/** What was understood since the interviewer last spoke. */
function answerSoFar(state: RoomState): string {
  const last = state.entries.findLastIndex((entry) => entry.who === "interviewer");
  return state.entries.slice(last + 1).map((entry) => entry.text).join(" ");
}

function moodOf(state: RoomState, local: LocalState): string {
  if (state.phase !== "done" && state.connection.name !== "open") return "away";
  if (state.speaking) return "speaking";
  if (state.waitingForInterviewer) return "waiting";
  return isListening(state) && local.input === "voice" ? "listening" : "idle";
}

function statusKey(state: RoomState, local: LocalState): string {
  if (state.phase === "done") return state.speaking ? "status_speaking" : "ended_other";
  if (state.connection.name === "closed") return ""; // the banner says why
  if (state.connection.name !== "open") return state.everOpen ? "status_paused" : "status_connecting";
  if (state.speaking) return "status_speaking";
  if (state.waitingForInterviewer || !state.prompt) return "status_waiting";
  if (state.phase === "code" && !isConversation(state)) return "status_task";
  if (state.thinking) return "status_thinking";
  if (local.input === "text" || local.typingOpen) return "status_typed";
  return local.hearing || state.partial ? "status_hearing" : "status_listening";
}

function stageLabel(state: RoomState): string {
  const values = { number: state.questionNumber, count: state.questionCount };
  switch (state.prompt?.kind) {
    case "greeting":
      return text("label_greeting");
    case "prompt":
      return text("label_intro");
    case "follow_up":
      return text(state.phase === "code" ? "label_code_follow_up" : "label_follow_up", values);
    case "task":
      return text("label_task");
    case "closing":
      return text("label_closing");
    case undefined:
      return "";
    default:
      return state.questionNumber ? text("label_question", values) : "";
  }
}

/** Subtitles of the voice, unless it is saying what already stands there in large letters. */
function captionOf(state: RoomState): string {
  const spoken = state.speaking?.spoken.trim() ?? "";
  return state.prompt?.text.includes(spoken) ? "" : spoken;
}

function renderAnswer(state: RoomState, local: LocalState): void {
  const conversation = isConversation(state);
  const ready = state.connection.name === "open" && !state.waitingForInterviewer;
  part("controls").closest<HTMLElement>(".answer")?.toggleAttribute("hidden", isClosing(state));
  part<HTMLButtonElement>("typing-send").disabled = state.connection.name === "closed";
  part("typing").hidden = !conversation || !(local.typingOpen || local.input === "text");
  part("type-toggle").hidden = local.input === "text" || !conversation;
  setText(part("type-text"), text(local.typingOpen ? "speak_instead" : "type_instead"));
  part("type-toggle").setAttribute("aria-expanded", String(local.typingOpen));
  for (const button of part("controls").querySelectorAll<HTMLButtonElement>("[data-control]")) {
    button.hidden = !isOffered(button.dataset["control"] ?? "", state, local);
    button.disabled = !ready;
  }
}

/** The last words are being said, or were. */
export function isClosing(state: RoomState): boolean {
  return state.phase === "done" || state.prompt?.kind === "closing";
}

function isOffered(action: string, state: RoomState, local: LocalState): boolean {
  const { phase } = state;
  const conversation = isConversation(state);
  const writing = local.input === "text" || local.typingOpen;
  if (action === "skip_question") return phase === "question" || phase === "code";
  if (action === "repeat_question") return conversation || phase === "code";
  // In writing, a sent answer is a whole turn, except in the introduction: there it is the candidate who ends it.
  if (action === "answer_done") return writing ? phase === "intro" && answerSoFar(state) !== "" : conversation;
  return conversation && local.input === "voice";
}

function renderSelf(state: RoomState, local: LocalState): void {
  part("self-off").hidden = local.cameraOn;
  part("self-level").hidden = local.input === "text";
  setText(part("camera-text"), text(local.cameraOn ? "camera_live" : "camera_off"));
  part<HTMLButtonElement>("camera-toggle").disabled = state.connection.name === "closed";
  part("camera-toggle").setAttribute("aria-pressed", String(local.cameraOn));
  part("voice-toggle").setAttribute("aria-pressed", String(local.voiceOn));
  const mute = state.voiceEngine === "" || state.voiceEngine === "none";
  part("voice-toggle").hidden = mute;
  setText(part("engine"), [engineText(state.speechEngine), mute ? text("voice_none") : ""].filter(Boolean).join("\n"));
}

function engineText(engine: string | null): string {
  if (engine === null) return "";
  return engine && engine !== "none" ? text("engine", { name: engine }) : text("engine_none");
}

function renderNotices(notices: Notice[]): void {
  const box = part("notices");
  const words = notices.map((notice) => notice.text);
  const shown = [...box.children].map((element) => element.textContent);
  if (shown.join("\n") === words.join("\n")) return;
  box.replaceChildren(...words.map(noticeElement));
}

function noticeElement(words: string): HTMLElement {
  const element = document.createElement("p");
  element.className = "self-notice";
  element.textContent = words;
  return element;
}
