/** How people's terminals find the pd-lsp inside the extension, which many sentences ask them to type. Knows no editor. */
import type { LaunchProblem, Program } from "./launch";
import { flavour } from "./places";

/** What a terminal's environment gets. */
export interface TerminalAddition {
  /** Comes behind the person's PATH, so that a pd-lsp of their own goes first. */
  readonly path: string;
  /** The Python that `pd-lsp` there starts. */
  readonly python: string;
}

/** The addition where `program` is the server inside the extension; undefined where the person has a pd-lsp. */
export function terminalAddition(
  program: Program | LaunchProblem,
  extensionFolder: string,
  platform: NodeJS.Platform,
): TerminalAddition | undefined {
  const paths = flavour({ platform });
  const script = paths.join(extensionFolder, "server", "pd_lsp_server.py");
  return "problem" in program || !program.args.includes(script)
    ? undefined
    : { path: paths.delimiter + paths.join(extensionFolder, "server", "bin"), python: program.command };
}
