// Bundles the client into dist/ (collected as static files), or the unit tests into the module cache.
import { build, context } from "esbuild";
import { readdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";

const here = path.dirname(fileURLToPath(import.meta.url));
const testsFolder = path.join(here, "..", "tests", "frontend");

const common = {
  absWorkingDir: here,
  outdir: "dist",
  bundle: true,
  format: "esm",
  target: ["es2022", "safari16"],
  minify: true,
  sourcemap: true,
  // Who only wants to run Viva reads no list of files.
  logLevel: process.argv.includes("--watch") ? "info" : "warning",
};
const site = [
  // CodeMirror and each of its languages are fetched only when the code phase needs them.
  { ...common, entryPoints: { room: "src/room.ts", imports: "src/imports.ts", beside: "src/beside.ts", replay: "src/replay.ts", "task-preview": "src/task-preview.ts", "streaming-page": "src/streaming-page.ts" }, splitting: true, chunkNames: "chunks/[name]-[hash]" },
  // One file each: the audio thread loads nothing else, and the client is used on pages that are not ours.
  { ...common, entryPoints: { "mic-worklet": "src/media/mic-worklet.ts", streaming: "src/streaming.ts" } },
];

async function tests() {
  const outdir = path.join(here, "node_modules", ".cache", "viva-tests");
  await rm(outdir, { recursive: true, force: true });
  const names = (await readdir(testsFolder)).filter((name) => name.endsWith(".test.ts"));
  return {
    entryPoints: names.map((name) => path.join(testsFolder, name)),
    absWorkingDir: here,
    nodePaths: [path.join(here, "node_modules")],
    outdir,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: ["ws"],
    sourcemap: "inline",
    outExtension: { ".js": ".mjs" },
    logLevel: "warning",
  };
}

if (process.argv.includes("--tests")) {
  await build(await tests());
} else if (process.argv.includes("--watch")) {
  for (const options of site) await (await context(options)).watch();
} else {
  await rm(path.join(here, "dist"), { recursive: true, force: true });
  for (const options of site) await build(options);
}
