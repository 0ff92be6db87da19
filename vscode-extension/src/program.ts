/** The program that is pd-lsp on this machine: found once, and again when the server is started anew. Knows no editor. */
import { existsSync } from "node:fs";
import path from "node:path";

import { askIn, hasPdLsp } from "./askPython";
import { findPython } from "./findPython";
import { chooseProgram, type LaunchProblem, type LaunchSettings, type Program } from "./launch";
import type { Machine } from "./places";
import { asCandidate, type Selected } from "./pythonAnswers";

/** What has to be known to find it, each asked for when it is needed. */
export interface ProgramSurroundings {
  /** The folder of the extension. */
  readonly ours: string;
  settings(): LaunchSettings;
  machine(): Machine;
  /** Whether a folder's settings say which Python is selected for the window: then nobody is asked for that (D7). */
  aFolderChoosesPython(): boolean;
  /** What is selected for the whole window, in one extension after the other; that of a folder may be the folder's own. */
  readonly selected: readonly (() => Promise<Selected | undefined>)[];
}

export class ProgramFinder {
  #found: Promise<Program | LaunchProblem> | undefined;
  #key = "";

  /** `found` is told what was found. */
  constructor(
    private readonly around: ProgramSurroundings,
    private readonly found: (program: Program | LaunchProblem) => void,
  ) {}

  /** What was found, unless the settings or the trusted folders are others now. */
  current(): Promise<Program | LaunchProblem> {
    const settings = this.around.settings();
    const { untrustedFolders, openFolders } = this.around.machine();
    const key = JSON.stringify([settings.serverCommand, settings.serverPython, untrustedFolders, openFolders]);
    if (this.#found === undefined || this.#key !== key) {
      this.#key = key;
      this.#found = this.#find(settings);
      void this.#found.then(this.found);
    }
    return this.#found;
  }

  /** Forgets what was found: a Python may have been installed since. */
  again(): Promise<Program | LaunchProblem> {
    this.#found = undefined;
    return this.current();
  }

  #find(settings: LaunchSettings): Promise<Program | LaunchProblem> {
    const { ours, selected } = this.around;
    const machine = this.around.machine();
    const script = path.join(ours, "server", "pd_lsp_server.py");
    const asked = this.around.aFolderChoosesPython() ? [] : selected;
    const offered = asked.map((select) => async () => asCandidate(await select()));
    return chooseProgram(settings, machine, {
      bundled: existsSync(script) ? script : undefined,
      hasPdLsp: (python) => hasPdLsp(python, ours),
      findPython: () => findPython(offered, machine, askIn(ours)),
    });
  }
}
