// Bundles the extension into out/extension.js, and writes the licences of what was bundled beside it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const root = path.join(import.meta.dirname, "..");

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ["src/extension.ts"],
  outfile: "out/extension.js",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  minify: true,
  keepNames: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

const packages = new Set(Object.keys(metafile.inputs).map(packageOf).filter(Boolean));
writeFileSync(path.join(root, "out/THIRD-PARTY-NOTICES.txt"), [...packages].sort().map(notice).join("\n"));

/** The folder of the package that a bundled file belongs to: the last one, as packages may hold others. */
function packageOf(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

function notice(folder) {
  const { name, version } = JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8"));
  const file = readdirSync(path.join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) {
    throw new Error(`${name} is bundled and has no licence file: find out under which terms it may be shipped`);
  }
  return `${name} ${version}\n\n${readFileSync(path.join(root, folder, file), "utf8").trim()}\n`;
}
