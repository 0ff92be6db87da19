/** A real VS Code without its window: code-server on loopback, with the packed extension and nothing of the person's. */
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { once } from "node:events";

import { CODE_SERVER, KEPT, NODE, pathWithoutServer, ROOT, SERVER_PYTHON, STEP_PYTHON, VSIX } from "./places.mjs";

// What would look at the network, move, or lie over the editor; everything about the extension stays as it comes.
const QUIET = {
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.reduceMotion": "on",
  "workbench.enableExperiments": false,
  "workbench.tips.enabled": false,
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "update.mode": "none",
  "git.enabled": false,
  "editor.minimap.enabled": false,
  // Otherwise a terminal is a picture, whose text nobody can look for.
  "terminal.integrated.gpuAcceleration": "off",
};

/** Settings of the machine that name the Pythons of the tests, and the sandbox. */
export const OF_TESTS = {
  "pdLsp.server.python": SERVER_PYTHON,
  "pdLsp.step.python": STEP_PYTHON,
  "pdLsp.sandbox": true,
};

/**
 * Starts an editor on a copy of `examples/team-tools`, with `files` (paths and texts) added. `settings` are the
 * person's, `machine` those of the machine: without any, the tests' own Pythons are named, and the sandbox; `extensions` are
 * further `.vsix` files, `prepare` is called with folder and home before anything starts, and `environment` is what VS Code
 * starts in, beside what is there. With `others`, folders by name with their files, the window has several folders. Gives
 * `{url, folder, home, stop}`; `folder` is the copy, and `stop` leaves no process and no file behind.
 */
export async function startEditor(options) {
  const {
    name,
    files = {},
    settings = {},
    machine = OF_TESTS,
    extensions = [],
    prepare = () => {},
    others = {},
  } = options;
  const home = mkdtempSync(path.join(os.tmpdir(), "pd-lsp-e2e-"));
  const folder = path.join(home, "team-tools");
  cpSync(path.join(ROOT, "examples", "team-tools"), folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    write(path.join(folder, file), text);
  }
  const paths = [folder, ...Object.keys(others).map((other) => path.join(home, other))];
  for (const [other, texts] of Object.entries(others)) {
    Object.entries(texts).forEach(([file, text]) => write(path.join(home, other, file), text));
  }
  const workspace = path.join(home, "several.code-workspace");
  write(workspace, JSON.stringify({ folders: paths.map((one) => ({ path: one })) }));
  prepare(folder, home);
  const data = path.join(home, "data");
  write(path.join(data, "User", "settings.json"), JSON.stringify({ ...QUIET, ...settings }));
  // The window is a remote one: settings of scope `machine` count from here.
  write(path.join(data, "Machine", "settings.json"), JSON.stringify(machine));
  write(path.join(home, "config.yaml"), "auth: none\ncert: false\n");

  const folders = ["--user-data-dir", data, "--extensions-dir", path.join(home, "extensions")];
  const flags = [
    CODE_SERVER,
    ...folders,
    "--config",
    path.join(home, "config.yaml"),
    "--disable-telemetry",
    "--disable-update-check",
  ];
  const quiet = { PATH: pathWithoutServer(), HOME: home, EXTENSIONS_GALLERY: "{}" };
  const env = { ...own(process.env), ...quiet, ...options.environment };
  const wanted = [VSIX, ...extensions].flatMap((vsix) => ["--install-extension", vsix]);
  const installed = spawnSync(NODE, [...flags, ...wanted], { env, encoding: "utf8" });
  if (installed.status !== 0) {
    throw new Error(`The extension could not be installed: ${installed.stdout}${installed.stderr}`);
  }

  mkdirSync(KEPT, { recursive: true });
  const log = openSync(path.join(KEPT, `${name}-code-server.log`), "w");
  const port = await freePort();
  const address = ["--bind-addr", `127.0.0.1:${port}`];
  // A group of its own: extension host, language server and whatever a step starts end with it.
  const server = spawn(NODE, [...flags, "--auth", "none", ...address, "--disable-getting-started-override"], {
    env,
    detached: true,
    stdio: ["ignore", log, log],
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await end(server);
    cpSync(path.join(data, "logs"), path.join(KEPT, `${name}-logs`), { recursive: true });
    rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  };
  try {
    await until(
      () =>
        fetch(`${url}/healthz`).then(
          (answer) => answer.ok,
          () => false,
        ),
      "code-server did not start",
      server,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  const opened =
    paths.length > 1 ? `workspace=${encodeURIComponent(workspace)}` : `folder=${encodeURIComponent(folder)}`;
  return { url: `${url}/?${opened}`, folder, home, stop };
}

/** Asks ten times a second until the answer is true; fails with `sentence` after a minute. */
export async function until(condition, sentence, server = undefined) {
  const deadline = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > deadline || (server !== undefined && server.exitCode !== null)) {
      throw new Error(sentence);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

// Nothing of the person's that could reach the editor: their folders, their keyring.
function own(environment) {
  const others = /^(XDG_|DBUS_|PIPEDREAM_|VSCODE_|npm_)/;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !others.test(name)));
}

function write(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** A port of loopback that nobody has. */
export async function freePort() {
  const listening = net.createServer().listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address();
  listening.close();
  await once(listening, "close");
  return port;
}

async function end(server) {
  if (server.exitCode !== null) {
    return;
  }
  const gone = once(server, "exit");
  const kill = setTimeout(() => process.kill(-server.pid, "SIGKILL"), 10_000);
  process.kill(-server.pid, "SIGTERM");
  await gone;
  clearTimeout(kill);
}
