/** Debugging a step: the server starts it, VS Code starts the adapter, and the two find each other by a session. */
import {
  commands,
  debug,
  DebugAdapterExecutable,
  type DebugConfiguration,
  type Disposable,
  type ProviderResult,
} from "vscode";

import { adapterOf, cleaned, configurationOf, DEBUG_TYPE } from "./debugSession";
import type { ProgramFinder } from "./program";

/** Registers the debugger. `workingFolder` is a folder of ours: the adapter must not start in the one that is open. */
export function registerDebugging(workingFolder: string, programs: ProgramFinder): Disposable[] {
  return [
    debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, {
      createDebugAdapterDescriptor: async () => {
        const program = await programs.current();
        if ("problem" in program) {
          throw new Error(program.problem);
        }
        const { command, args } = adapterOf(program);
        return new DebugAdapterExecutable(command, [...args], { cwd: workingFolder });
      },
    }),
    debug.registerDebugConfigurationProvider(DEBUG_TYPE, {
      provideDebugConfigurations: () => [{ type: DEBUG_TYPE, request: "attach", name: "Debug the Pipedream step" }],
      resolveDebugConfiguration: (_folder, configuration): ProviderResult<DebugConfiguration> => {
        const ours = cleaned(configuration);
        if (ours === undefined) {
          void commands.executeCommand("pdLsp.debugStep");
        }
        return ours;
      },
    }),
  ];
}

/** Lets VS Code debug the step that waits. */
export function startDebugging(session: string): void {
  void debug.startDebugging(undefined, configurationOf(session));
}
