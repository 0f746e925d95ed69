/** Step 3: the interview. Connects messages, devices and the page; what is shown is decided in core/state. */

import { fromBase64, toBase64 } from "../core/base64.ts";
import { Delivery, type Returned } from "../core/delivery.ts";
import type { ClientMessage, ControlAction, PlaybackEvent, ServerMessage, Task } from "../core/protocol.ts";
import { RoomSocket, type ConnectionStatus, type SocketLike } from "../core/socket.ts";
import { initialState, reduce, type Action, type RoomState } from "../core/state.ts";
import type { Workspace, WorkspaceHost } from "../editor/workspace.ts";
import { Camera } from "../media/camera.ts";
import { Held } from "../media/held.ts";
import { Microphone } from "../media/mic.ts";
import type { Player } from "../media/player.ts";
import { problemOf } from "../media/problems.ts";
import { data, part, showStep, text, workletUrl } from "../page.ts";
import type { ChosenDevices } from "../steps/devices.ts";
import { showResult } from "../steps/result.ts";
import { bindControls, putIntoBox } from "./controls.ts";
import { fetchTurns } from "./fetch-turns.ts";
import { Meters } from "./meters.ts";
import { RecordingSign } from "./recording-sign.ts";
import { watchSignals } from "./signals.ts";
import { Transcript } from "./transcript.ts";
import { isClosing, render, type LocalState } from "./view.ts";

const TICK_MS = 500;
const HEARING_RMS = 0.02;
/** How long "I hear you" stays after the last loud frame. */
const HEARING_MS = 700;
/** The closing is read, and heard to its end, before the result page: within these bounds. */
const CLOSING_MS = { least: 2500, most: 20_000 };

export class Room {
  private state: RoomState = initialState();
  private readonly local: LocalState;
  private readonly entered = performance.now();
  private readonly meters: Meters;
  private readonly transcript = new Transcript();
  private readonly recording = new RecordingSign();
  private workspace: Workspace | null = null;
  private workspaceLoading = false;
  private readonly socket: RoomSocket;
  private readonly delivery: Delivery;
  private readonly mic = new Held<Microphone>();
  private readonly camera: Held<Camera>;
  private devicesOff = false;
  private transcriptRead = false;
  private loudAt = -Infinity;
  private leftAt: number | null = null;

  constructor(private readonly player: Player, private readonly devices: ChosenDevices) {
    this.camera = devices.camera;
    this.local = { input: devices.input, typingOpen: false, hearing: false, cameraOn: false, voiceOn: true };
    this.meters = new Meters(player);
    this.socket = new RoomSocket({
      connect: () => new WebSocket(socketUrl()) as unknown as SocketLike, // its handlers take whole events; ours, the fields we read
      hello: (lastSeq) => this.hello(lastSeq),
      onMessage: (message) => this.received(message),
      onStatus: (status) => this.connectionChanged(status),
      onCaughtUp: () => void this.delivery.opened(),
      timers: { after, random: Math.random },
    });
    this.delivery = new Delivery({
      send: (message) => this.socket.sendLive(message),
      storedTurns: fetchTurns,
      listed: (words) => this.state.entries.filter((entry) => entry.id.startsWith("t:") && entry.text === words).length,
      giveBack: (answers) => this.giveBack(answers),
      stepLost: () => this.giveBack([]),
    });
  }

  start(): void {
    showStep("live");
    for (const name of ["stepper", "room-tools"]) part(name).hidden = false;
    bindControls(this);
    watchSignals((name, detail) => this.tell(name, detail), { page: document, window, devices: navigator.mediaDevices, after });
    window.addEventListener("online", () => this.socket.retryNow());
    setInterval(() => this.tick(), TICK_MS);
    void this.devices.cameraReady.then(() => this.showCamera());
    if (this.local.input === "voice") void this.openMic();
    this.socket.open();
    this.draw();
  }

  // --- what the candidate does ---------------------------------------------------------------------------------

  control(action: ControlAction): void {
    this.delivery.give({ type: "control", action }, "", this.prompt);
    if (action === "need_time") this.dispatch({ type: "thinking" });
    if (action === "answer_done" || action === "skip_question" || action === "end_interview") this.dispatch({ type: "answered", at: this.now() });
  }

  /** False where there will be no connection that could take it. */
  answerInWriting(words: string): boolean {
    if (this.state.connection.name === "closed") return false;
    const id = `t:${this.now()}`;
    this.dispatch({ type: "typed", id, text: words, at: this.now() });
    this.delivery.give({ type: "text_answer", text: words }, id, this.prompt);
    return true;
  }

  /** On the task, which was not handed in. */
  get isWorking(): boolean {
    return this.state.phase === "code" && this.state.prompt?.kind === "task";
  }

  private get prompt(): string {
    return this.state.prompt?.text ?? "";
  }

  /** Perhaps they arrived, perhaps not: the candidate decides. Without answers it was a button's press. */
  private giveBack(answers: Returned[]): void {
    this.dispatch({ type: "returned", ids: answers.map((answer) => answer.id) });
    for (const answer of answers.toReversed()) putIntoBox(answer.text);
    if (answers.length) this.local.typingOpen = true;
    this.fault(text(answers.length ? "answer_returned" : "step_lost"));
  }

  typing(): void {
    this.socket.sendLive({ type: "control", action: "typing" });
  }

  toggleTyping(): void {
    this.local.typingOpen = !this.local.typingOpen;
    this.draw();
    if (this.local.typingOpen) document.getElementById("typed-answer")?.focus();
  }

  toggleVoice(): void {
    this.local.voiceOn = !this.local.voiceOn;
    this.player.setMuted(!this.local.voiceOn);
    this.draw();
  }

  async toggleCamera(): Promise<void> {
    if (this.devicesOff) return;
    if (this.camera.current) {
      this.cameraLost();
      this.tell("camera_off", {});
      return;
    }
    try {
      if (await this.camera.open(() => Camera.open(""))) this.showCamera();
    } catch (error) {
      this.fault(text(`camera_${problemOf(error)}`));
    }
  }

  pasted(length: number): void {
    this.tell("paste", { where: "answer", length });
  }

  retryNow(): void {
    this.socket.retryNow();
  }

  // --- messages ------------------------------------------------------------------------------------------------

  private hello(lastSeq: number): ClientMessage {
    return {
      type: "create_stream",
      title: data.position_name,
      description: "",
      interview_id: String(data.interview_id),
      resume_id: String(data.resume_id),
      language: data.language,
      audio: true,
      input: this.local.input,
      last_seq: lastSeq,
    };
  }

  private received(message: ServerMessage): void {
    this.play(message);
    this.delivery.received(message);
    this.recording.received(message);
    this.workspace?.received(message);
    this.dispatch({ type: "message", message, at: this.now() });
    if (message.type === "stream_created") this.streamCreated();
    if (message.type === "error" && message.code === "editor_gap") this.socket.restart();
    if (message.type === "interview_complete") this.leave();
    if (this.state.task && this.state.phase === "code") void this.openWorkspace(this.state.task);
  }

  /** The editor is fetched when there is a task; where that fails, the next message tries again. */
  private async openWorkspace(task: Task): Promise<void> {
    if (this.workspace || this.workspaceLoading) return;
    this.workspaceLoading = true;
    try {
      const { Workspace } = await import("../editor/workspace.ts");
      this.workspace = new Workspace(this.workspaceHost(), task, this.state.storedCode);
      this.draw();
      this.workspace.focus();
    } catch {
      this.fault(text("code_failed"));
    }
    this.workspaceLoading = false;
  }

  private workspaceHost(): WorkspaceHost {
    return {
      interviewId: String(data.interview_id),
      send: (message) => this.socket.sendLive(message),
      now: () => this.now(),
      changed: () => this.draw(),
      pasted: (length) => this.tell("paste", { where: "editor", length }),
      notice: (words) => this.fault(words),
    };
  }

  private play(message: ServerMessage): void {
    switch (message.type) {
      case "stream_created":
        this.player.stop(); // the current question is spoken again from its start
        break;
      case "ai_speaking_start":
        this.player.begin(message.utterance_id, message.from_ms);
        break;
      case "ai_audio_chunk":
        this.player.chunk(message.utterance_id, fromBase64(message.audio), message.sample_rate);
        break;
      case "ai_audio_end":
        this.player.end(message.utterance_id);
        break;
      case "ai_interrupted":
        this.player.stop(message.utterance_id);
    }
  }

  private streamCreated(): void {
    this.workspace?.resumed(this.state.storedCode);
    if (this.state.phase === "done") this.leave();
    else if (!this.transcriptRead) void this.readTranscript();
  }

  private async readTranscript(): Promise<void> {
    const turns = await fetchTurns();
    if (!turns || this.transcriptRead) return; // the next connection tries again
    this.transcriptRead = true;
    this.dispatch({ type: "transcript", turns });
  }

  private connectionChanged(status: ConnectionStatus): void {
    this.dispatch({ type: "connection", status, at: this.now() });
    if (status.name === "open") {
      if (this.delivery.isDeciding || (this.delivery.isWaiting && this.state.phase !== "intro")) this.dispatch({ type: "answered", at: this.now() });
      return;
    }
    this.delivery.lost();
    this.workspace?.lost();
    if (status.name !== "closed" || this.leftAt !== null) return;
    this.stopDevices();
    this.delivery.over();
  }

  /** What the player reports; named by the interviewer's utterance. */
  playback(utteranceId: string, event: PlaybackEvent, ms: number): void {
    this.socket.sendLive({ type: "playback", utterance_id: utteranceId, event, ms });
  }

  private tell(name: string, detail: Record<string, unknown>): void {
    this.socket.send({ type: "client_event", name, at_ms: Math.round(this.now()), detail });
  }

  // --- devices -------------------------------------------------------------------------------------------------

  private async openMic(): Promise<void> {
    try {
      await this.mic.open(() => Microphone.open(workletUrl(), this.devices.micId, {
        onFrame: (bytes) => this.socket.sendAudio(toBase64(bytes)),
        onLevel: (rms) => this.heard(rms),
        onLost: () => this.withoutMic(text("mic_lost")),
      }));
    } catch (error) {
      this.withoutMic(text(`mic_${problemOf(error)}`));
    }
  }

  /** Goes on in writing: the server has to know, so that silence means nothing from now on. */
  private withoutMic(words: string): void {
    this.mic.close();
    this.local.input = "text";
    this.fault(words);
    this.socket.restart();
  }

  private heard(rms: number): void {
    this.meters.micLevel(rms);
    if (rms > HEARING_RMS) this.loudAt = this.now();
    const hearing = this.now() - this.loudAt < HEARING_MS;
    if (hearing === this.local.hearing) return;
    this.local.hearing = hearing;
    this.draw();
  }

  private showCamera(): void {
    const camera = this.camera.current;
    this.local.cameraOn = !!camera;
    part<HTMLVideoElement>("self").srcObject = camera?.stream ?? null;
    if (camera) camera.onLost = () => this.cameraLost();
    camera?.start(
      () => this.socket.roomForVideo,
      (jpeg) => this.socket.sendLive({ type: "video_frame", frame_data: toBase64(jpeg), frame_type: "keyframe" }),
    );
    this.draw();
  }

  private cameraLost(): void {
    this.camera.close();
    this.showCamera();
  }

  /** For good; what is still opening is closed as soon as it is open. */
  private stopDevices(): void {
    this.devicesOff = true;
    this.mic.close();
    this.cameraLost();
    this.local.hearing = false;
    this.meters.micLevel(0);
  }

  // --- state ---------------------------------------------------------------------------------------------------

  private dispatch(action: Action): void {
    const next = reduce(this.state, action);
    if (next === this.state) return;
    const wasOpen = this.state.connection.name === "open";
    this.state = next;
    if (wasOpen && next.connection.name !== "open" && this.leftAt === null) this.player.stop();
    this.draw();
  }

  private draw(): void {
    render(this.state, this.local, this.now());
    this.transcript.render(this.state.entries);
    this.workspace?.render(this.state);
    part("workspace").hidden = this.state.phase !== "code" || !this.workspace || isClosing(this.state);
  }

  private tick(): void {
    this.dispatch({ type: "elapsed", at: this.now() });
    this.draw();
    this.finishWhenHeard();
  }

  private now(): number {
    return performance.now() - this.entered;
  }

  private fault(words: string): void {
    this.dispatch({ type: "fault", text: words, code: "", at: this.now() });
  }

  private leave(): void {
    if (this.leftAt !== null) return;
    this.leftAt = this.now();
    this.stopDevices();
  }

  private finishWhenHeard(): void {
    if (this.leftAt === null || document.body.dataset["room"] === "result") return;
    const passed = this.now() - this.leftAt;
    if (passed < CLOSING_MS.least || (this.player.isBusy && passed < CLOSING_MS.most)) return;
    this.socket.leave();
    this.player.close();
    showResult(this.state);
  }
}

function socketUrl(): string {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${location.host}${data.ws_path}`;
}

function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
