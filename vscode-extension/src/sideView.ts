/** The side view and the status item: asks the server when something has changed, and shows what it answers. */
import { commands, Disposable, window, workspace, type TreeView, type Uri } from "vscode";

import { accountRows } from "./accountRows";
import { ACCOUNTS, parseAccounts } from "./connectedAccounts";
import { parseWorkflows, WORKFLOWS } from "./listedWorkflows";
import { currentUri } from "./currentPlace";
import { lookWhileOpen } from "./openTerminals";
import type { Change } from "./protocol";
import type { Row } from "./rows";
import { SideTree } from "./sideTree";
import { welcomeKeys, type ServerState, type Situation } from "./situation";
import { StatusItem } from "./statusItem";
import { onDisk } from "./trust";
import { workflowRows } from "./workflowRows";

/** Lets the server execute a command without a word to the person; undefined where it can't. */
export type AskQuietly = (command: string, argument: object) => Promise<unknown>;

const MINUTE = 60_000;

export class SideView implements Disposable {
  readonly #status = new StatusItem();
  readonly #accounts = new SideTree();
  readonly #workflows = new SideTree();
  readonly #accountsView: TreeView<Row>;
  readonly #parts: Disposable;
  #known: Pick<Situation, "server" | "accounts" | "workflows"> = {
    server: "asleep",
    accounts: null,
    workflows: null,
  };
  #askedFor: string | undefined = undefined;

  /** `wake` starts the server where nobody has needed it yet. */
  constructor(
    private readonly ask: AskQuietly,
    private readonly wake: () => void,
  ) {
    this.#accountsView = window.createTreeView("pdLsp.accounts", { treeDataProvider: this.#accounts });
    const workflowsView = window.createTreeView("pdLsp.workflows", { treeDataProvider: this.#workflows });
    const clock = setInterval(() => {
      this.#show();
    }, MINUTE);
    clock.unref();
    this.#parts = Disposable.from(
      this.#status,
      this.#accounts,
      this.#workflows,
      this.#accountsView,
      workflowsView,
      ...[this.#accountsView, workflowsView].map((view) =>
        view.onDidChangeVisibility(() => {
          this.#lookedAt(view);
        }),
      ),
      window.onDidChangeActiveTextEditor(() => {
        this.#otherPlace();
      }),
      lookWhileOpen(() => {
        this.changed("accounts");
      }),
      {
        dispose: () => {
          clearInterval(clock);
        },
      },
    );
    this.#show();
  }

  /** What is known at the moment. */
  get situation(): Situation {
    const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    return { ...this.#known, hasFolder: onDisk(folders).length > 0, isTrusted: workspace.isTrusted };
  }

  /** Takes what the server's client has to tell: how the server is, and what has changed at it. */
  readonly news = {
    serverIs: (server: ServerState): void => {
      this.#known = server === "running" ? { ...this.#known, server } : { server, accounts: null, workflows: null };
      this.refresh();
    },
    changed: (what: Change): void => {
      this.changed(what);
    },
  };

  /** Asks for everything anew. */
  refresh(): void {
    this.changed("accounts");
    this.changed("workflows");
  }

  /** Asks anew for what has changed. */
  changed(what: Change): void {
    void (what === "accounts" ? this.#askForAccounts() : this.#askForWorkflows()).then(() => {
      this.#show();
    });
  }

  dispose(): void {
    this.#parts.dispose();
  }

  async #askForAccounts(): Promise<void> {
    const uri = currentUri();
    this.#askedFor = keyOf(uri);
    const answer = await this.#answer(ACCOUNTS, uri === undefined ? {} : { uri: uri.toString() });
    if (keyOf(uri) === this.#askedFor) {
      const accounts = parseAccounts(answer);
      this.#known = { ...this.#known, accounts };
    }
  }

  async #askForWorkflows(): Promise<void> {
    const workflows = parseWorkflows(await this.#answer(WORKFLOWS, {}));
    this.#known = { ...this.#known, workflows };
  }

  /** Nothing is asked while the server is not there, or may not look. */
  async #answer(command: string, argument: object): Promise<unknown> {
    const { server, isTrusted } = this.situation;
    return server === "running" && isTrusted ? this.ask(command, argument) : undefined;
  }

  /** Another file may belong to another project, with other accounts. */
  #otherPlace(): void {
    if (keyOf(currentUri()) !== this.#askedFor) {
      this.changed("accounts");
    }
  }

  #lookedAt({ visible }: TreeView<Row>): void {
    if (visible && this.situation.hasFolder) {
      this.wake();
    }
  }

  #show(): void {
    const { situation } = this;
    for (const [key, value] of Object.entries(welcomeKeys(situation))) {
      void commands.executeCommand("setContext", key, value);
    }
    this.#status.show(situation);
    const apps = situation.accounts?.apps ?? [];
    this.#accounts.show(accountRows(apps));
    this.#workflows.show(workflowRows(situation.workflows ?? [], Date.now()));
    // A message would hide the welcome text of an empty view.
    this.#accountsView.message = apps.length > 0 ? (situation.accounts?.problem ?? "") : "";
  }
}

function keyOf(uri: Uri | undefined): string | undefined {
  return uri?.toString();
}
