/** The commands of the server. */
import { window } from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";

/** Lets the server execute a command; what it answers, or nothing where it can't. */
export async function execute(
  client: LanguageClient | undefined,
  command: string,
  ...args: unknown[]
): Promise<unknown> {
  try {
    return await client?.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
  } catch (error) {
    void window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
