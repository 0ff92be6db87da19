/** Places on a machine: what lies in which folder, links followed. Knows no editor. */
import * as path from "node:path";

/** What has to be known of the machine. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** The kind of processor that this process runs on, which the libraries inside the extension are for. */
  readonly arch: string;
  /** The value of the PATH variable. */
  readonly searchPath: string;
  /** The folders that are open, trusted or not. */
  readonly openFolders: readonly string[];
  /** Open folders without trust: a program inside them is never started (D6). */
  readonly untrustedFolders: readonly string[];
  isProgram(file: string): boolean;
  /** Where a path leads when all links are followed; the path itself, where that can't be told. */
  realPath(file: string): string;
}

/** How paths are written there. */
export function flavour(machine: Pick<Machine, "platform">): path.PlatformPath {
  return machine.platform === "win32" ? path.win32 : path.posix;
}

/** Whether a file lies in one of the folders, by its name or by where its links lead. */
export function isInside(file: string, folders: readonly string[], machine: Machine): boolean {
  const paths = flavour(machine);
  const names = [file, machine.realPath(file), paths.join(machine.realPath(paths.dirname(file)), paths.basename(file))];
  return folders
    .flatMap((folder) => [folder, machine.realPath(folder)])
    .some((folder) =>
      names.some((name) => {
        const way = paths.relative(folder, name);
        return way !== ".." && !way.startsWith(`..${paths.sep}`) && !paths.isAbsolute(way);
      }),
    );
}
