/** Chooses JPEG quality and size so that a camera frame stays near 60 KB, whatever the camera looks at. */

export interface JpegSettings {
  width: number;
  height: number;
  quality: number;
}

const AIM_BYTES = 60 * 1024;
const LARGE: Pick<JpegSettings, "width" | "height"> = { width: 640, height: 480 };
const SMALL: Pick<JpegSettings, "width" | "height"> = { width: 480, height: 360 };
const QUALITY = { best: 0.8, worst: 0.4, step: 0.1 };

export const FIRST_SETTINGS: JpegSettings = { ...LARGE, quality: QUALITY.best };

/** The settings for the next frame, given what this one came to. */
export function nextSettings(used: JpegSettings, bytes: number): JpegSettings {
  if (bytes > AIM_BYTES * 1.2) return smaller(used);
  if (bytes < AIM_BYTES * 0.6) return larger(used);
  return used;
}

function smaller(used: JpegSettings): JpegSettings {
  if (used.quality > QUALITY.worst + 0.01) return { ...used, quality: rounded(used.quality - QUALITY.step) };
  return { ...used, ...SMALL };
}

function larger(used: JpegSettings): JpegSettings {
  if (used.quality < QUALITY.best - 0.01) return { ...used, quality: rounded(used.quality + QUALITY.step) };
  return used.width === LARGE.width ? used : { ...LARGE, quality: QUALITY.worst };
}

function rounded(quality: number): number {
  return Math.round(quality * 10) / 10;
}
