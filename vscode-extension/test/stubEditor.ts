/** Stands in for the `vscode` module: remembers what the extension registers, shows and writes. */
import Module from "node:module";
import { stripVTControlCharacters } from "node:util";

export interface Folder {
  readonly scheme: string;
  readonly fsPath: string;
  toString(): string;
}

/** What a test sets before, and looks at after. */
export class StubEditor {
  readonly commands = new Map<string, (...args: unknown[]) => unknown>();
  readonly errors: string[] = [];
  readonly questions: { title: string; detail: string; buttons: string[] }[] = [];
  readonly channels = new Map<string, string>();
  readonly terminals: Record<string, unknown>[] = [];
  /** What the person was asked to type or to choose from. */
  readonly asked: Record<string, unknown>[] = [];
  /** The configurations that the extension started a debugger with, and what it registered for that. */
  readonly debugged: Record<string, unknown>[] = [];
  debugAdapters: { createDebugAdapterDescriptor(): unknown } = { createDebugAdapterDescriptor: nothing };
  debugConfigurations: { resolveDebugConfiguration(folder: unknown, configuration: object): unknown } = {
    resolveDebugConfiguration: nothing,
  };
  /** The trees of the side view by their ids, the items of the status bar by theirs. */
  readonly trees = new Map<string, { getChildren(row?: unknown): { label: string; description: string }[] }>();
  readonly statusItems = new Map<string, Record<string, unknown>>();
  openSideView: () => void = () => undefined;
  readonly contextKeys = new Map<string, unknown>();
  userSettings: Record<string, unknown> = {};
  folderSettings: Record<string, unknown> = {};
  folders: Folder[] = [];
  isTrusted = true;
  /** The button that the person presses in a dialog. */
  button: string | undefined;
  /** What the person types where they are asked for a text. */
  typed: string | undefined;
  /** Which of several things they choose: the one whose label begins so. */
  choice: string | undefined;
  openFile: Folder | undefined;
  /** Whether the folder has a workflow, and the Python documents that are open. */
  hasWorkflow = true;
  documents: { languageId: string; uri: Folder; text: string }[] = [];
  readonly #onOpen = new Set<(document: object) => unknown>();
  readonly #onChange = new Set<(change: object) => unknown>();
  /** The APIs of other extensions, by id; and what is in the clipboard. */
  extensions: Record<string, unknown> = {};
  clipboard = "";
  /** What a folder's settings say of the Python that the Python extensions select. */
  pythonOfFolder: string | undefined;
  readonly informed: string[] = [];
  grantTrust: () => unknown = () => undefined;
  changeSettings: () => unknown = () => undefined;

  /** Makes `require("vscode")` give this editor, in whatever is loaded from now on. */
  install(): void {
    const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
    const load = loader._load;
    const stub = this.#stub();
    loader._load = (request, ...rest) => (request === "vscode" ? stub : load.call(Module, request, ...rest));
  }

  /** A document is opened; unless said otherwise, it is a Python file. */
  open(text: string, languageId = "python"): void {
    this.#onOpen.forEach((listener) => listener(documentOf({ languageId, uri: folderAt("/w/step.py"), text })));
  }

  /** `typed` has come into a file, which is `line` by now. */
  change(typed: string, line: string, languageId = "python"): void {
    const document = documentOf({ languageId, uri: folderAt("/w/step.py"), text: line });
    const contentChanges = [{ text: typed, range: { start: { line: 0 } } }];
    this.#onChange.forEach((listener) => listener({ document, contentChanges }));
  }

  channel(name: string): string {
    return this.channels.get(name) ?? "";
  }

  #stub(): unknown {
    return withDefaults({
      version: "1.91.0",
      env: {
        appName: "code-server",
        language: "en",
        uiKind: 1,
        remoteName: undefined,
        clipboard: {
          writeText: (text: string) => {
            this.clipboard = text;
            return Promise.resolve();
          },
        },
      },
      Disposable: class {
        static from = (...parts: { dispose(): unknown }[]) => ({
          dispose: () => {
            parts.forEach((part) => void part.dispose());
          },
        });
        constructor(readonly dispose: () => void) {}
      },
      UIKind: { Desktop: 1, Web: 2 },
      extensions: withDefaults({
        getExtension: (id: string) =>
          id in this.extensions ? { activate: () => Promise.resolve(this.extensions[id]) } : undefined,
      }),
      LogLevel: { Trace: 1, Info: 3 },
      Uri: { file: folderAt, parse: (text: string) => folderAt(text.replace(/^file:\/\//, "")) },
      CancellationTokenSource: StubCancellation,
      EventEmitter: StubEmitter,
      workspace: withDefaults(this.#workspace()),
      window: withDefaults(this.#window()),
      commands: withDefaults({
        executeCommand: (id: string, ...args: unknown[]) => {
          if (id === "setContext") {
            this.contextKeys.set(String(args[0]), args[1]);
          }
          return Promise.resolve(this.commands.get(id)?.(...args));
        },
        registerCommand: (id: string, call: (...args: unknown[]) => unknown) => {
          this.commands.set(id, call);
          return { dispose: () => this.commands.delete(id) };
        },
      }),
      languages: withDefaults({}),
      debug: this.#debug(),
      DebugAdapterExecutable: class {
        constructor(
          readonly command: string,
          readonly args: string[],
          readonly options: object,
        ) {}
      },
    });
  }

  #debug(): object {
    return {
      registerDebugAdapterDescriptorFactory: (_type: string, factory: StubEditor["debugAdapters"]) => {
        this.debugAdapters = factory;
        return nothing();
      },
      registerDebugConfigurationProvider: (_type: string, provider: StubEditor["debugConfigurations"]) => {
        this.debugConfigurations = provider;
        return nothing();
      },
      startDebugging: (_folder: unknown, configuration: Record<string, unknown>) => {
        this.debugged.push(configuration);
        return Promise.resolve(true);
      },
    };
  }

  #workspace(): object {
    const inspect = (name: string) => ({
      globalValue: this.userSettings[`pdLsp.${name}`],
      workspaceValue: this.folderSettings[`pdLsp.${name}`],
    });
    const get = (name: string) => this.folderSettings[`pdLsp.${name}`] ?? this.userSettings[`pdLsp.${name}`];
    const folders = () => this.folders.map((uri) => ({ uri, name: uri.fsPath }));
    const isTrusted = () => this.isTrusted;
    const documents = () => this.documents.map(documentOf);
    return {
      get workspaceFolders() {
        return folders();
      },
      get isTrusted() {
        return isTrusted();
      },
      get textDocuments() {
        return documents();
      },
      findFiles: () => Promise.resolve(this.hasWorkflow ? [folderAt("/w/workflow.yaml")] : []),
      onDidOpenTextDocument: (listener: (document: object) => unknown) => listening(this.#onOpen, listener),
      onDidChangeTextDocument: (listener: (change: object) => unknown) => listening(this.#onChange, listener),
      notebookDocuments: [],
      getConfiguration: (section: string) =>
        section === "python" ? { inspect: () => ({ workspaceValue: this.pythonOfFolder }) } : { inspect, get },
      onDidChangeConfiguration: (listener: (change: { affectsConfiguration: () => boolean }) => unknown) => {
        const before = this.changeSettings;
        this.changeSettings = () => Promise.all([before(), listener({ affectsConfiguration: () => true })]);
        return nothing();
      },
      onDidGrantWorkspaceTrust: (listener: () => unknown) => {
        this.grantTrust = listener;
        return nothing();
      },
    };
  }

  /** What a terminal without a program shows counts as the text of a channel, without its colours. */
  #show({ name, pty }: PseudoterminalOptions): void {
    pty.onDidWrite((text) => {
      this.channels.set(name, this.channel(name) + stripVTControlCharacters(text).replaceAll("\r\n", "\n"));
    });
    pty.open();
  }

  #window(): object {
    const activeTextEditor = () =>
      this.openFile && {
        document: { uri: this.openFile, languageId: "python" },
        selection: { active: { line: 0, character: 0 } },
      };
    return {
      get activeTextEditor() {
        return activeTextEditor();
      },
      createTreeView: (id: string, { treeDataProvider }: { treeDataProvider: never }) => {
        this.trees.set(id, treeDataProvider);
        const view = { visible: false, ...nothing() };
        const onDidChangeVisibility = (listener: () => unknown) => {
          this.openSideView = () => {
            view.visible = true;
            listener();
          };
          return nothing();
        };
        return Object.assign(view, { onDidChangeVisibility });
      },
      createStatusBarItem: (id: string) => {
        const item = { show: nothing, hide: nothing, dispose: nothing };
        this.statusItems.set(id, item);
        return item;
      },
      createTerminal: (options: Record<string, unknown>) => {
        if ("pty" in options) {
          this.#show(options as unknown as PseudoterminalOptions);
        } else {
          this.terminals.push(options);
        }
        return { show: nothing, dispose: nothing };
      },
      showInputBox: (options: Record<string, unknown>) => {
        this.asked.push(options);
        return Promise.resolve(this.typed);
      },
      showQuickPick: (items: readonly { label: string }[], options: Record<string, unknown>) => {
        this.asked.push(options);
        const { choice } = this;
        return Promise.resolve(choice && items.find(({ label }) => label.startsWith(choice)));
      },
      showTextDocument: () => Promise.resolve(),
      tabGroups: { all: [], onDidChangeTabs: nothing },
      visibleTextEditors: [],
      createOutputChannel: (name: string) => {
        const append = (text: string) => this.channels.set(name, this.channel(name) + text);
        return {
          append,
          logLevel: 3,
          info: append,
          error: append,
          warn: append,
          show: nothing,
          dispose: nothing,
          onDidChangeLogLevel: nothing,
        };
      },
      showInformationMessage: (message: string) => {
        this.informed.push(message);
        return Promise.resolve();
      },
      showErrorMessage: (message: string) => {
        this.errors.push(message);
        return Promise.resolve();
      },
      showWarningMessage: (title: string, options: { modal: boolean; detail: string }, ...buttons: string[]) => {
        this.questions.push({ title, detail: options.detail, buttons });
        return Promise.resolve(this.button);
      },
    };
  }
}

interface PseudoterminalOptions {
  readonly name: string;
  readonly pty: { onDidWrite(listener: (text: string) => void): unknown; open(): void };
}

class StubEmitter<T> {
  readonly #listeners: ((value: T) => void)[] = [];
  readonly dispose = nothing;
  readonly event = (listener: (value: T) => void) => {
    this.#listeners.push(listener);
    return nothing();
  };

  fire(value: T): void {
    for (const listener of this.#listeners) {
      listener(value);
    }
  }
}

class StubCancellation {
  readonly #listeners: (() => void)[] = [];
  readonly token = {
    isCancellationRequested: false,
    onCancellationRequested: (listener: () => void) => {
      this.#listeners.push(listener);
      return nothing();
    },
  };

  cancel(): void {
    this.token.isCancellationRequested = true;
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

function listening<L>(listeners: Set<L>, listener: L): object {
  listeners.add(listener);
  return { dispose: () => listeners.delete(listener) };
}

function documentOf({ languageId, uri, text }: StubEditor["documents"][number]): object {
  const lines = text.split("\n");
  const lineAt = (line: number) => ({ text: lines[line] });
  return { languageId, uri, getText: () => text, lineCount: lines.length, lineAt };
}

/** The URI of a folder with a plain path. */
export function folderAt(fsPath: string): Folder {
  return { scheme: "file", fsPath, toString: () => `file://${fsPath}` };
}

function nothing() {
  return { dispose: () => undefined };
}

/** vscode-languageclient names hundreds of classes and functions while it loads: unknown ones may be called and extended. */
function withDefaults(known: object): object {
  const invented = new Map<PropertyKey, unknown>();
  return new Proxy(known, {
    get: (target, name) => {
      if (name in target) {
        return Reflect.get(target, name) as unknown;
      }
      if (!invented.has(name)) {
        invented.set(name, function () {
          return { dispose: () => undefined, show: () => undefined, hide: () => undefined };
        });
      }
      return invented.get(name);
    },
  });
}
