/** Somebody who can sign in: the sandbox in place of Pipedream, and a keyring, both real processes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

import { ROOT, SERVER_PYTHON } from "./places.mjs";

/**
 * Starts the sandbox. Gives what it announces (where it is, and how to sign in to it), the `environment` in which
 * api.pipedream.com leads there, and `stop`.
 */
export async function startSandbox() {
  const told = await startTeller([SERVER_PYTHON, "-m", "pd_lsp", "sandbox", "--json", "--until-stdin-ends"]);
  const { proxy, certificate } = told.first;
  const environment = { HTTPS_PROXY: proxy, SSL_CERT_FILE: certificate, NO_PROXY: "127.0.0.1,localhost" };
  return { ...told.first, environment, stop: told.stop };
}

/** Starts a keyring, with nothing in it. Gives the `environment` that finds it, what pd-lsp keeps there, and `stop`. */
export async function startKeyring() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "pd-lsp-keyring-"));
  const told = await startTeller([SERVER_PYTHON, path.join(import.meta.dirname, "keyring.py"), folder]);
  const stop = async () => {
    await told.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { environment: told.first, kept: told.ask, stop };
}

/** A program that says a line of JSON at its start, and one for each line that it is asked with, and ends with its input. */
async function startTeller([command, ...args]) {
  const env = { ...process.env, PYTHONPATH: ROOT };
  const program = spawn(command, args, { env, cwd: os.tmpdir(), stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) {
      throw new Error(`${args.join(" ")} ended before it said anything`);
    }
    return JSON.parse(value);
  };
  const first = await next();
  return {
    first,
    ask: async () => {
      program.stdin.write("\n");
      return next();
    },
    stop: async () => {
      const gone = once(program, "exit");
      program.stdin.end();
      await gone;
    },
  };
}
