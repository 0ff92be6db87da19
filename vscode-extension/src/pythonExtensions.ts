/**
 * Asks the Python Environments extension, else the Python extension, which Python is selected. Neither has to be there,
 * and neither is asked in a window without trust: an answer may lie in the folder, or come from its settings (D6).
 */
import { extensions, workspace, type Disposable, type Uri } from "vscode";

import { fromEnvironments, fromPython, type PythonExtension, type Selected } from "./pythonAnswers";
import { isRecord } from "./protocol";

const ENVIRONMENTS: PythonExtension = "ms-python.vscode-python-envs";
const PYTHON: PythonExtension = "ms-python.python";
/** An extension that is still looking for Pythons must not keep the server waiting for long. */
const PATIENCE_MS = 5000;

/** What ms-python.vscode-python-envs has selected for a folder, or for the whole window. */
export async function selectedInEnvironments(scope?: Uri): Promise<Selected | undefined> {
  return fromEnvironments(await answer(ENVIRONMENTS, (api) => call(api, "getEnvironment", scope)));
}

/** What ms-python.python has. */
export async function selectedInPython(scope?: Uri): Promise<Selected | undefined> {
  return fromPython(
    await answer(PYTHON, async (api) => {
      const { environments } = api;
      return call(environments, "resolveEnvironment", await call(environments, "getActiveEnvironmentPath", scope));
    }),
  );
}

/** What is selected for a folder, as the first extension that is there has it. */
export async function selectedFor(folder: Uri): Promise<Selected | undefined> {
  return (await selectedInEnvironments(folder)) ?? (await selectedInPython(folder));
}

/** Calls `changed` whenever another Python is selected in either extension. */
export async function whenSelectionChanges(changed: () => void): Promise<Disposable[]> {
  const listened = await Promise.all([
    answer(ENVIRONMENTS, (api) => call(api, "onDidChangeEnvironment", changed)),
    answer(PYTHON, ({ environments }) => call(environments, "onDidChangeActiveEnvironmentPath", changed)),
  ]);
  return listened.filter((one): one is Disposable => isRecord(one) && typeof one["dispose"] === "function");
}

/** What a question to an extension's API gives; undefined where it is not there, switched off, late, or fails. */
async function answer(id: PythonExtension, ask: (api: Record<string, unknown>) => unknown): Promise<unknown> {
  const extension = workspace.isTrusted ? extensions.getExtension<unknown>(id) : undefined;
  if (extension === undefined) {
    return undefined;
  }
  const asking = async () => {
    const api = await extension.activate();
    if (!isRecord(api)) {
      return undefined;
    }
    await api["ready"];
    return ask(api);
  };
  return Promise.race([asking().catch(() => undefined), later(PATIENCE_MS)]);
}

function call(target: unknown, name: string, ...args: unknown[]): unknown {
  const method = isRecord(target) ? target[name] : undefined;
  return typeof method === "function" ? (method.apply(target, args) as unknown) : undefined;
}

function later(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(undefined);
    }, milliseconds).unref();
  });
}
