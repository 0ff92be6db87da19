/** Finds a Python that can run the server inside the extension: whichever it is, since it needs nothing installed. */
import { flavour, isInside, type Machine } from "./places";

/** Where a Python was found: one of the two Python extensions, PATH, or Windows' launcher. */
export type PythonSource = "ms-python.vscode-python-envs" | "ms-python.python" | "PATH" | "py";

/** A Python that said itself what it is. */
export interface Found {
  /** The program itself, and no shim or launcher that chooses one. */
  readonly path: string;
  readonly version: string;
  readonly from: PythonSource;
}

/** A program that may be a Python. */
export interface Candidate {
  readonly command: string;
  readonly args: readonly string[];
  readonly from: PythonSource;
}

/** What a Python says of itself. */
export interface Said {
  readonly implementation: string;
  readonly version: string;
  /** As `sysconfig.get_platform()` has it, such as `linux-x86_64`. */
  readonly platform: string;
  readonly isFreeThreaded: boolean;
  readonly path: string;
}

/** Starts a program that may be a Python, outside of every open folder; what it says, or undefined. */
export type Ask = (candidate: Candidate) => Promise<Said | undefined>;

/**
 * The first Python that fits: of those that `offered` asks for, one after the other, else of PATH. None that lies in
 * an open folder is even started, also where the folder is trusted: the server holds the keys of all projects (D7).
 */
export async function findPython(
  offered: readonly (() => Promise<Candidate | undefined>)[],
  machine: Machine,
  ask: Ask,
): Promise<Found | undefined> {
  for (const offer of offered) {
    const found = await tried(await offer(), machine, ask);
    if (found !== undefined) {
      return found;
    }
  }
  for (const candidate of onPath(machine).slice(0, MOST_ASKED)) {
    const found = await tried(candidate, machine, ask);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

const OLDEST = 10;
const NEWEST = 14;
const MOST_ASKED = 16;

async function tried(candidate: Candidate | undefined, machine: Machine, ask: Ask): Promise<Found | undefined> {
  if (candidate === undefined || !mayStart(candidate.command, machine)) {
    return undefined;
  }
  const said = await ask(candidate);
  // A shim or launcher has chosen another program: that one has to be allowed, too.
  return said !== undefined && fits(said, machine) && mayStart(said.path, machine)
    ? { path: said.path, version: said.version, from: candidate.from }
    : undefined;
}

function mayStart(file: string, machine: Machine): boolean {
  return flavour(machine).isAbsolute(file) && machine.isProgram(file) && !isInside(file, machine.openFolders, machine);
}

/** Whether the libraries inside the extension are for this Python. */
function fits(said: Said, machine: Machine): boolean {
  const [major, minor] = said.version.split(".").map(Number);
  const processors = machine.arch === "arm64" ? /arm64|aarch64|universal2/ : /amd64|x86_64|universal2/;
  return (
    said.implementation === "cpython" &&
    major === 3 &&
    minor !== undefined &&
    minor >= OLDEST &&
    minor <= NEWEST &&
    !said.isFreeThreaded &&
    processors.test(said.platform)
  );
}

/** What PATH has under the names of Python, in the order in which a person expects them. */
export function onPath(machine: Machine): Candidate[] {
  const paths = flavour(machine);
  const isWindows = machine.platform === "win32";
  const folders = machine.searchPath.split(paths.delimiter).filter((folder) => paths.isAbsolute(folder));
  const named = (name: string) => [
    ...new Set(folders.map((folder) => paths.join(folder, isWindows ? `${name}.exe` : name))),
  ];
  const versions = Array.from({ length: NEWEST - OLDEST + 1 }, (_, index) => `python3.${NEWEST - index}`);
  const pythons = ["python3", "python", ...(isWindows ? [] : versions)]
    .flatMap(named)
    .filter((file) => !asksToInstall(file, machine))
    .map((command): Candidate => ({ command, args: [], from: "PATH" }));
  const launchers = isWindows ? named("py").map((command): Candidate => ({ command, args: ["-3"], from: "py" })) : [];
  return [...pythons, ...launchers].filter(({ command }) => machine.isProgram(command));
}

/**
 * Programs that open a shop when they are started without a Python behind them: Windows' aliases, where `py` finds a
 * Python of the Store, and Apple's, whose own Python is 3.9 and too old.
 */
function asksToInstall(file: string, machine: Machine): boolean {
  return machine.platform === "win32"
    ? /\\Microsoft\\WindowsApps\\[^\\]+$/i.test(file)
    : machine.platform === "darwin" && file.startsWith("/usr/bin/");
}
