/** Runs the tests in a real VS Code; arguments go to `node --test`. */
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";

import { KEPT, missing, NODE } from "./src/places.mjs";

const lacking = missing();
if (lacking.length > 0) {
  console.error(lacking.join("\n"));
  process.exit(1);
}
rmSync(KEPT, { recursive: true, force: true });
const folder = path.join(import.meta.dirname, "test");
const tests = readdirSync(folder).filter((name) => name.endsWith(".test.mjs"));
// One window at a time: two of them take longer together than one after the other on a small machine.
const flags = ["--test", "--test-concurrency=1", ...process.argv.slice(2)];
const named =
  process.env.E2E_ONLY === undefined ? tests : tests.filter((name) => name.startsWith(process.env.E2E_ONLY));
const { status } = spawnSync(NODE, [...flags, ...named.map((name) => path.join(folder, name))], { stdio: "inherit" });
process.exit(status ?? 1);
