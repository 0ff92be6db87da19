/** How to start pd-lsp. Plain values in, plain values out: nothing here knows the editor. */
import type { Found } from "./findPython";
import { flavour, isInside, type Machine } from "./places";

/** What the person set, and nobody else (D7): the settings of a folder never reach this file. */
export interface LaunchSettings {
  /** A program and arguments that go before `serve`; empty when not set. */
  readonly serverCommand: readonly string[];
  /** The Python that runs the server; empty when not set. */
  readonly serverPython: string;
  /** The Python that steps run in; empty when pd-lsp shall choose. */
  readonly stepPython: string;
  /** Use the sandbox's accounts in place of the person's. */
  readonly sandbox: boolean;
  /** Show accounts behind their apps; the server is told when it starts. */
  readonly inlayHints: boolean;
}

export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
}

/** A program that is pd-lsp, and how we came to it. */
export interface Program extends Launch {
  readonly from: ProgramSource;
  /** The Python that runs the server inside the extension, where it is that. */
  readonly python?: Found;
}

/** The two settings, the server inside the extension, or `pd-lsp` on PATH. */
export type ProgramSource = "pdLsp.server.command" | "pdLsp.server.python" | "extension" | "PATH";

/** Why pd-lsp cannot be started: a sentence that says what to do. */
export interface LaunchProblem {
  readonly problem: string;
}

/** What has to be asked, each thing only when it is needed. */
export interface Asking {
  /** The script inside the extension that is pd-lsp with all its libraries; undefined in a package without one. */
  readonly bundled: string | undefined;
  /** Whether a Python has a pd-lsp of its own. */
  hasPdLsp(python: string): Promise<boolean>;
  /** A Python of this machine that can run the bundled server. */
  findPython(): Promise<Found | undefined>;
}

/**
 * Chooses what pd-lsp is started with: the person's settings, else the server inside the extension with a Python that
 * fits it, else `pd-lsp` from PATH.
 */
export async function chooseProgram(
  settings: LaunchSettings,
  machine: Machine,
  asking: Asking,
): Promise<Program | LaunchProblem> {
  const [program, ...before] = settings.serverCommand;
  if (program !== undefined && program !== "") {
    return checked("pdLsp.server.command", program, before, machine);
  }
  if (settings.serverPython !== "") {
    const chosen = checked("pdLsp.server.python", settings.serverPython, ["-m", "pd_lsp"], machine);
    const takesOurs = !("problem" in chosen) && asking.bundled !== undefined;
    return takesOurs && !(await asking.hasPdLsp(chosen.command))
      ? { ...chosen, args: bundledArguments(asking.bundled) }
      : chosen;
  }
  const python = asking.bundled === undefined ? undefined : await asking.findPython();
  if (python !== undefined && asking.bundled !== undefined) {
    return { command: python.path, args: bundledArguments(asking.bundled), from: "extension", python };
  }
  const found = findOnPath(machine);
  return found === undefined
    ? { problem: asking.bundled === undefined ? NOT_FOUND : NO_PYTHON }
    : { command: found, args: [], from: "PATH" };
}

/** The server's command: `program`, told to serve as the settings say. */
export function launchOf(program: Launch, settings: LaunchSettings): Launch {
  const sandbox = settings.sandbox ? ["--sandbox"] : [];
  const python = settings.stepPython === "" ? [] : ["--python", settings.stepPython];
  return { command: program.command, args: [...program.args, "serve", "--stdio", ...sandbox, ...python] };
}

const NOT_FOUND =
  "pd-lsp was not found. Put the absolute path of a Python that has pd-lsp installed into the user setting " +
  "“pdLsp.server.python”, or the command pd-lsp on your PATH.";

const NO_PYTHON =
  "No Python was found that can run the language server. Install CPython 3.10 to 3.14, or put the absolute path of " +
  "one into the user setting “pdLsp.server.python”.";

// Isolated: neither variables of the environment nor packages of the person's get between the server and its own.
function bundledArguments(script: string): string[] {
  return ["-I", script];
}

function checked(
  setting: "pdLsp.server.command" | "pdLsp.server.python",
  command: string,
  args: string[],
  machine: Machine,
): Program | LaunchProblem {
  if (!flavour(machine).isAbsolute(command)) {
    return { problem: `The setting “${setting}” names “${command}”. Give the whole path of the program.` };
  }
  if (!machine.isProgram(command)) {
    return { problem: `The setting “${setting}” names “${command}”, which is no program on this machine. Correct it.` };
  }
  return { command, args, from: setting };
}

/**
 * The first `pd-lsp` on PATH, as an absolute path. We look ourselves, because the systems' own search also tries
 * relative entries and, on Windows, the working folder: both could be a folder that somebody just opened.
 */
function findOnPath(machine: Machine): string | undefined {
  const paths = flavour(machine);
  const name = machine.platform === "win32" ? "pd-lsp.exe" : "pd-lsp";
  return machine.searchPath
    .split(paths.delimiter)
    .filter((folder) => paths.isAbsolute(folder))
    .map((folder) => paths.join(folder, name))
    .find((file) => machine.isProgram(file) && !isInside(file, machine.untrustedFolders, machine));
}
