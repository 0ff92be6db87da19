/** Questions to the server that nobody asked for by hand: a failure goes to the log, not before the person (D23). */
import type { LogOutputChannel } from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";

/** What the server answers; undefined where it is not there or can't. */
export async function askQuietly(
  client: LanguageClient | undefined,
  command: string,
  argument: object,
  log: LogOutputChannel,
): Promise<unknown> {
  try {
    return await client?.sendRequest(ExecuteCommandRequest.type, { command, arguments: [argument] });
  } catch (error) {
    log.warn(`${command} was not answered: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
