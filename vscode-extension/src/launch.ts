/** How to start pd-lsp. Plain values in, plain values out: nothing here knows the editor. */
import * as path from "node:path";

/** What the person set, and nobody else (D7): the settings of a folder never reach this file. */
export interface LaunchSettings {
  /** A program and arguments that go before `serve`; empty when not set. */
  readonly serverCommand: readonly string[];
  /** The Python that has pd-lsp installed; empty when not set. */
  readonly serverPython: string;
  /** The Python that steps run in; empty when pd-lsp shall choose. */
  readonly stepPython: string;
  /** Use the sandbox's accounts in place of the person's. */
  readonly sandbox: boolean;
  /** Show accounts behind their apps; the server is told when it starts. */
  readonly inlayHints: boolean;
}

/** What has to be known of the machine. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** The value of the PATH variable. */
  readonly searchPath: string;
  /** Open folders without trust: a program inside them is never started (D6). */
  readonly untrustedFolders: readonly string[];
  isProgram(file: string): boolean;
}

export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
}

/** Why pd-lsp cannot be started: a sentence that says what to do. */
export interface LaunchProblem {
  readonly problem: string;
}

/** Chooses what pd-lsp is started with: the setting, else the chosen interpreter, else `pd-lsp` from PATH. */
export function chooseProgram(settings: LaunchSettings, machine: Machine): Launch | LaunchProblem {
  const [program, ...before] = settings.serverCommand;
  if (program !== undefined && program !== "") {
    return checked("pdLsp.server.command", program, before, machine);
  }
  if (settings.serverPython !== "") {
    return checked("pdLsp.server.python", settings.serverPython, ["-m", "pd_lsp"], machine);
  }
  const found = findOnPath(machine);
  return found === undefined ? { problem: NOT_FOUND } : { command: found, args: [] };
}

/** Chooses the server's command. */
export function chooseLaunch(settings: LaunchSettings, machine: Machine): Launch | LaunchProblem {
  const program = chooseProgram(settings, machine);
  return "problem" in program ? program : { ...program, args: [...program.args, ...serveArguments(settings)] };
}

const NOT_FOUND =
  "pd-lsp was not found. Put the absolute path of a Python that has pd-lsp installed into the user setting " +
  "“pdLsp.server.python”, or the command pd-lsp on your PATH.";

function serveArguments(settings: LaunchSettings): string[] {
  const sandbox = settings.sandbox ? ["--sandbox"] : [];
  const python = settings.stepPython === "" ? [] : ["--python", settings.stepPython];
  return ["serve", "--stdio", ...sandbox, ...python];
}

function checked(setting: string, command: string, args: string[], machine: Machine): Launch | LaunchProblem {
  if (!flavour(machine).isAbsolute(command)) {
    return { problem: `The setting “${setting}” names “${command}”. Give the whole path of the program.` };
  }
  if (!machine.isProgram(command)) {
    return { problem: `The setting “${setting}” names “${command}”, which is no program on this machine. Correct it.` };
  }
  return { command, args };
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
    .filter((folder) => paths.isAbsolute(folder) && !isUntrusted(folder, machine))
    .map((folder) => paths.join(folder, name))
    .find((file) => machine.isProgram(file));
}

function isUntrusted(folder: string, machine: Machine): boolean {
  const paths = flavour(machine);
  return machine.untrustedFolders.some((untrusted) => {
    const way = paths.relative(untrusted, folder);
    return way !== ".." && !way.startsWith(`..${paths.sep}`) && !paths.isAbsolute(way);
  });
}

function flavour(machine: Machine): path.PlatformPath {
  return machine.platform === "win32" ? path.win32 : path.posix;
}
