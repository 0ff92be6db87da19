/** The commands of the server, called for the person or without being asked. */
import { window, type LogOutputChannel } from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";

/** Lets the server execute a command; what it answers, or nothing where it can't, which the person is told. */
export function execute(client: LanguageClient | undefined, command: string, ...args: unknown[]): Promise<unknown> {
  return answer(client, command, args, (why) => void window.showErrorMessage(why));
}

/** The same where nobody asked for it by hand: a failure goes to the log, not before the person (D23). */
export function askQuietly(
  client: LanguageClient | undefined,
  command: string,
  argument: object,
  log: LogOutputChannel,
): Promise<unknown> {
  return answer(client, command, [argument], (why) => {
    log.warn(`${command} was not answered: ${why}`);
  });
}

async function answer(
  client: LanguageClient | undefined,
  command: string,
  args: unknown[],
  failed: (why: string) => void,
): Promise<unknown> {
  try {
    return await client?.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
  } catch (error) {
    failed(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
