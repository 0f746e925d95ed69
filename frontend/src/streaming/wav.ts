/** The samples of a WAV file as the server sends it: mono PCM16. */

interface Wav {
  rate: number;
  /** Little-endian 16-bit samples. */
  pcm: Uint8Array;
}

const HEAD_BYTES = 12;
const PCM = 1;

/** Null for anything else. */
export function readWav(file: Uint8Array): Wav | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const name = (at: number): string => String.fromCharCode(...file.subarray(at, at + 4));
  if (file.length < HEAD_BYTES || name(0) !== "RIFF" || name(8) !== "WAVE") return null;
  let rate = 0;
  for (let at = HEAD_BYTES; at + 8 <= file.length; ) {
    const [kind, size, body] = [name(at), view.getUint32(at + 4, true), at + 8];
    if (kind === "data") return rate ? { rate, pcm: file.subarray(body, Math.min(body + size, file.length)) } : null;
    if (kind === "fmt " && body + 16 <= file.length) {
      const plain = view.getUint16(body, true) === PCM && view.getUint16(body + 2, true) === 1 && view.getUint16(body + 14, true) === 16;
      rate = plain ? view.getUint32(body + 4, true) : 0;
    }
    at = body + size + (size % 2);
  }
  return null;
}
