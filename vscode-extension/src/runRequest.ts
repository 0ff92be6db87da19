/** A run as a request to the server, which is stopped by cancelling it, as LSP has it. */
import { CancellationTokenSource } from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";

import type { RunCommand } from "./protocol";
import type { NamedRun, Stopper } from "./runs";

export class CancellingStopper implements Stopper {
  readonly #source = new CancellationTokenSource();
  readonly token = this.#source.token;

  get isStopped(): boolean {
    return this.token.isCancellationRequested;
  }

  stop(): void {
    this.#source.cancel();
  }
}

/** Sends the request. Rejects with a sentence for the person when there is no server to talk to. */
export async function sendRun(
  client: LanguageClient | undefined,
  run: NamedRun,
  stopper: CancellingStopper,
  command: RunCommand,
): Promise<unknown> {
  if (client === undefined) {
    throw new Error("pd-lsp is not running. Call “Pipedream: Restart the Language Server”.");
  }
  return client.sendRequest(ExecuteCommandRequest.type, { command, arguments: [run] }, stopper.token);
}
