// Builds the extension and its tests, and runs them without an editor. Arguments go to `node --test`.
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

process.chdir(path.join(import.meta.dirname, ".."));
await import("./build.mjs");

const tests = readdirSync("test").filter((name) => name.endsWith(".test.ts"));

rmSync("out/test", { recursive: true, force: true });
await build({
  entryPoints: [...tests, "fakeServer.ts"].map((name) => `test/${name}`),
  outdir: "out/test",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  sourcemap: "inline",
  logLevel: "warning",
});
const built = tests.map((name) => `out/test/${name.replace(/\.ts$/, ".cjs")}`);
const node = ["--enable-source-maps", "--test", ...process.argv.slice(2), ...built];
process.exit(spawnSync(process.execPath, node, { stdio: "inherit" }).status ?? 1);
