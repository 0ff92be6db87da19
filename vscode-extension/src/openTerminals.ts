/** Looks again while a terminal of ours is open: what is typed into it changes what the server answers. */
import { Disposable, window, type Terminal } from "vscode";

import { isOurs } from "./terminals";

const PAUSE = 1000;

/**
 * Calls `look` once a second while one of our terminals is open, and once more when it is closed. The server watches
 * the file that a sign-in writes, but VS Code tells nothing of a folder that was not there before the first one.
 */
export function lookWhileOpen(look: () => void): Disposable {
  let clock: NodeJS.Timeout | undefined;
  const follow = (terminal: Terminal) => {
    if (isOurs(terminal.creationOptions.name)) {
      clearInterval(clock);
      clock = window.terminals.some(({ creationOptions }) => isOurs(creationOptions.name))
        ? setInterval(look, PAUSE)
        : undefined;
      look();
    }
  };
  return Disposable.from(window.onDidOpenTerminal(follow), window.onDidCloseTerminal(follow), {
    dispose: () => {
      clearInterval(clock);
    },
  });
}
