/** The language server's life: started, started again, stopped; and what the person is told when that fails. */
import { isDeepStrictEqual } from "node:util";
import { commands, window } from "vscode";
import { State, type LanguageClient } from "vscode-languageclient/node";

import { createClient, type ClientSurroundings } from "./client";
import { launchOf, type LaunchSettings } from "./launch";
import type { ProgramFinder } from "./program";
import { TRUSTED_FOLDERS } from "./protocol";
import { STEP_PYTHONS, type StepPython } from "./serverAnswers";
import { launchSettings, SECTION } from "./settings";

export class Server {
  #client: LanguageClient | undefined;
  #settings: LaunchSettings | undefined;
  #order: Promise<void> = Promise.resolve();
  #isAwake = false;

  constructor(
    private readonly around: Omit<ClientSurroundings, "gone">,
    private readonly programs: ProgramFinder,
  ) {}

  /** The client, when there is a server to talk to. */
  get client(): LanguageClient | undefined {
    return this.#client?.state === State.Running ? this.#client : undefined;
  }

  /** Starts the server where nobody has needed it yet; done when it is there, or could not be started. */
  wake(): Promise<void> {
    return this.#isAwake ? this.#order : this.restart();
  }

  /** Starts the server as the settings say, after stopping the one that runs. Says what to do when it cannot. */
  restart(): Promise<void> {
    this.#isAwake = true;
    return this.#inOrder(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  stop(): Promise<void> {
    return this.#inOrder(() => this.#stop());
  }

  /**
   * Starts the server again when its settings are others than it was started with. VS Code reports a change of all
   * restricted settings when a folder becomes trusted, also where none has changed.
   */
  async settingsChanged(): Promise<void> {
    if (this.#isAwake && !isDeepStrictEqual(launchSettings(), this.#settings)) {
      await this.restart();
    }
  }

  /** Tells the server which folders the person trusts by now; starts it when it could not be started before. */
  trustChanged(): Promise<void> {
    return this.#inOrder(async () => {
      if (!this.#isAwake) {
        return;
      }
      if (this.client === undefined) {
        await this.#stop();
        await this.#start();
      } else {
        await this.client.sendNotification(TRUSTED_FOLDERS, { folders: this.around.trustedFolders() });
      }
    });
  }

  /** Tells the server which Python is selected for each folder; one that is started later is told at its start. */
  selectionChanged(pythons: readonly StepPython[]): Promise<void> {
    return this.#inOrder(() => this.client?.sendNotification(STEP_PYTHONS, { pythons }) ?? Promise.resolve());
  }

  // A client that is being started can't be stopped: one thing after the other.
  #inOrder(task: () => Promise<void>): Promise<void> {
    const done = this.#order.then(task);
    this.#order = done.catch(() => undefined);
    return done;
  }

  async #start(): Promise<void> {
    this.#settings = launchSettings();
    this.around.serverIs("starting");
    const program = await this.programs.again();
    if ("problem" in program) {
      this.around.serverIs("stopped");
      explain(program.problem, this.around);
      return;
    }
    const launch = launchOf(program, this.#settings);
    this.around.log.info(`Starting ${[launch.command, ...launch.args].join(" ")}`);
    const gone = this.#goneOnce();
    this.#client = createClient(launch, { ...this.around, gone });
    await this.#client.start().catch(gone);
  }

  #goneOnce(): () => void {
    let isTold = false;
    return () => {
      if (!isTold) {
        explain("pd-lsp ended and could not be kept running. Its log may say why.", this.around);
      }
      isTold = true;
      this.around.serverIs("stopped");
    };
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.dispose().catch(() => undefined);
  }
}

function explain(problem: string, around: Pick<ClientSurroundings, "log">): void {
  const [log, settings, restart] = ["Show Log", "Open Settings", "Restart"];
  void window.showErrorMessage(problem, log, settings, restart).then((button) => {
    if (button === log) {
      around.log.show();
    } else if (button === settings) {
      void commands.executeCommand("workbench.action.openSettings", SECTION);
    } else if (button === restart) {
      void commands.executeCommand("pdLsp.restartServer");
    }
  });
}
