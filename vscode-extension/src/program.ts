/** The program that is pd-lsp on this machine: found once, and again when the server is started anew. */
import { existsSync } from "node:fs";
import path from "node:path";

import { askIn, hasPdLsp } from "./askPython";
import { findPython } from "./findPython";
import { chooseProgram, type LaunchProblem, type LaunchSettings, type Program } from "./launch";
import { thisMachine } from "./machine";
import { asCandidate } from "./pythonAnswers";
import { selectedInEnvironments, selectedInPython } from "./pythonExtensions";
import { aFolderChoosesPython, launchSettings } from "./settings";

export class ProgramFinder {
  #found: Promise<Program | LaunchProblem> | undefined;
  #key = "";

  /** `ours` is the folder of the extension. */
  constructor(private readonly ours: string) {}

  /** What was found, unless the settings or the trusted folders are others now. */
  current(): Promise<Program | LaunchProblem> {
    const settings = launchSettings();
    const { untrustedFolders, openFolders } = thisMachine();
    const key = JSON.stringify([settings.serverCommand, settings.serverPython, untrustedFolders, openFolders]);
    if (this.#found === undefined || this.#key !== key) {
      this.#key = key;
      this.#found = this.#find(settings);
    }
    return this.#found;
  }

  /** Forgets what was found: a Python may have been installed since. */
  again(): Promise<Program | LaunchProblem> {
    this.#found = undefined;
    return this.current();
  }

  #find(settings: LaunchSettings): Promise<Program | LaunchProblem> {
    const machine = thisMachine();
    const script = path.join(this.ours, "server", "pd_lsp_server.py");
    // The selection of the whole window alone: that of a folder may be in the folder's own settings (D7).
    const offered = aFolderChoosesPython()
      ? []
      : [async () => asCandidate(await selectedInEnvironments()), async () => asCandidate(await selectedInPython())];
    return chooseProgram(settings, machine, {
      bundled: existsSync(script) ? script : undefined,
      hasPdLsp: (python) => hasPdLsp(python, this.ours),
      findPython: () => findPython(offered, machine, askIn(this.ours)),
    });
  }
}
