/** A microphone's recording in pieces, in the order in which they were made. */

export interface Recording {
  /** The last piece still comes. */
  stop(): void;
}

const MIME_TYPE = "audio/webm;codecs=opus";
const BITS_PER_SECOND = 32_000;

/** Throws a `NotSupportedError` where the browser records no WebM. */
export function record(stream: MediaStream, pieceMs: number, onPiece: (bytes: Uint8Array) => void): Recording {
  if (!MediaRecorder.isTypeSupported(MIME_TYPE)) throw new DOMException(MIME_TYPE, "NotSupportedError");
  const sound = new MediaStream(stream.getAudioTracks());
  const recorder = new MediaRecorder(sound, { mimeType: MIME_TYPE, audioBitsPerSecond: BITS_PER_SECOND });
  let before = Promise.resolve();
  recorder.ondataavailable = (event) => {
    // Reading a blob takes a moment, and a small one is read sooner than the large one before it.
    const bytes = event.data.arrayBuffer();
    before = before.then(async () => {
      const read = new Uint8Array(await bytes);
      if (read.length) onPiece(read);
    });
  };
  recorder.start(pieceMs);
  return {
    stop: () => {
      if (recorder.state !== "inactive") recorder.stop();
    },
  };
}
