/** The page of the streaming protocol: `StreamingInterviewClient` and as little else as possible. */

import { StreamingInterviewClient } from "./streaming.ts";

interface PageData {
  interview_id: string;
  resume_id: string;
  language: string;
  path: string;
}

function json<T>(id: string): T {
  return JSON.parse(document.getElementById(id)?.textContent ?? "{}") as T;
}

function part<T extends HTMLElement>(name: string): T {
  return document.querySelector<T>(`[data-${name}]`)!;
}

const data = json<PageData>("streaming-data");
const texts = json<Record<string, string>>("streaming-texts");
const [begin, speak, end, status, said] = ["begin", "speak", "end", "status", "said"].map((name) => part<HTMLButtonElement>(name)) as [
  HTMLButtonElement, HTMLButtonElement, HTMLButtonElement, HTMLElement, HTMLElement,
];

const address = new URL(data.path, location.href);
address.protocol = address.protocol.replace("http", "ws");
const client = new StreamingInterviewClient({ url: address.href, interviewId: data.interview_id, resumeId: data.resume_id, language: data.language });
let microphone: MediaStream | null = null;
let over = false;

function show(text: string): void {
  if (status.textContent !== text) status.textContent = text;
}

function line(role: "interviewer" | "candidate", text: string, utterance = ""): void {
  const last = said.lastElementChild as HTMLElement | null;
  if (utterance && last?.dataset["utterance"] === utterance) {
    last.lastElementChild!.textContent += text;
    return;
  }
  const entry = document.createElement("li");
  const [who, words] = [document.createElement("strong"), document.createElement("p")];
  entry.className = "card";
  entry.dataset["role"] = role;
  entry.dataset["utterance"] = utterance;
  who.textContent = texts[role] ?? role;
  words.textContent = text;
  entry.append(who, words);
  said.append(entry);
  entry.scrollIntoView({ block: "nearest" });
}

async function speaking(on: boolean): Promise<void> {
  if (on && microphone) await client.startRecording(microphone);
  else client.stopRecording();
  speak.setAttribute("aria-pressed", String(on));
}

/** There is nothing to say any more: nor may the microphone be on. */
function leave(): void {
  for (const track of microphone?.getTracks() ?? []) track.stop();
  microphone = null;
  speak.hidden = end.hidden = true;
}

async function start(): Promise<void> {
  begin.disabled = true;
  show(texts["connecting"] ?? "");
  try {
    microphone = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
  } catch {
    begin.disabled = false;
    show(texts["no_microphone"] ?? "");
    return;
  }
  await client.connect().then(
    () => speaking(true),
    () => undefined, // its error was shown
  );
}

client.on("connected", () => {
  begin.hidden = true;
  speak.hidden = end.hidden = false;
  show(texts["speaking"] ?? "");
});
client.on("reconnecting", () => show(texts["lost"] ?? ""));
client.on("reconnected", () => show(texts["speaking"] ?? ""));
client.on("ai_transcript", ({ text, utteranceId }) => {
  show(texts["speaking"] ?? "");
  line("interviewer", text, utteranceId);
});
client.on("ai_audio_end", () => {
  if (!over) show(texts["listening"] ?? ""); // the last words sound a moment longer than the interview
});
client.on("user_transcript", ({ text }) => line("candidate", text));
client.on("error", ({ text }) => show(text));
client.on("interview_ended", ({ summary }) => {
  over = true;
  leave();
  part("after").hidden = false;
  show(summary);
});

client.on("closed", leave);

begin.addEventListener("click", () => void start());
speak.addEventListener("click", () => void speaking(speak.getAttribute("aria-pressed") !== "true"));
end.addEventListener("click", () => client.endInterview());
