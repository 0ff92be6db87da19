/** A small language server for the tests: answers as pd-lsp does, and asks before it. */
import { createMessageConnection, type CancellationToken } from "vscode-jsonrpc/node";

const connection = createMessageConnection(process.stdin, process.stdout);
let greeting = "";
let chosen = "apn_1";

function sideView(command: string): unknown {
  const account = (id: string, name: string) => ({ id, name, state: "ok", provider: "connect", chosen: id === chosen });
  const github = { app: "github", name: "GitHub", accounts: [account("apn_1", "work"), account("apn_2", "home")] };
  const last = { outcome: "succeeded", at: new Date().toISOString(), number: 1 };
  const step = { uri: "file:///w/flow/post/entry.py", name: "post", handler: "handler", last };
  const signIn = { state: "signed in", kind: "connect", project: "proj_a", environment: "production" };
  return command === "pd.accounts"
    ? { signIn, complete: true, asking: false, problem: null, apps: [github] }
    : { workflows: [{ uri: "file:///w/flow", name: "Sign-ups", steps: [step] }] };
}

function print(text: string, run = "1"): void {
  void connection.sendNotification("pd/output", { run, stream: "stdout", text });
}

connection.onRequest(
  "initialize",
  (params: { capabilities: { experimental: unknown }; initializationOptions: unknown }) => {
    const { capabilities, initializationOptions } = params;
    const { experimental } = capabilities;
    greeting = `${JSON.stringify({ experimental, initializationOptions, cwd: process.cwd(), args: process.argv.slice(2) })}\n`;
    return { capabilities: { executeCommandProvider: { commands: ["pd.runStep", "pd.debugStep"] } } };
  },
);

connection.onNotification("initialized", () => {
  print(greeting);
});

connection.onRequest(
  "workspace/executeCommand",
  async (params: { command: string; arguments: [{ handler: string; run: string }] }, token: CancellationToken) => {
    if (params.command === "pd.debugStep") {
      void connection.sendNotification("pd/debugSession", { run: "1", uri: "file:///w", session: "0a1b" });
      return { outcome: "succeeded", duration: 2 };
    }
    if (params.command === "pd.accounts" || params.command === "pd.workflows") {
      return sideView(params.command);
    }
    if (params.command === "pd.useAccount") {
      chosen = "apn_2";
      void connection.sendNotification("pd/changed", { what: "accounts" });
    }
    if (params.command !== "pd.runStep") {
      print(`${params.command} ${JSON.stringify(params.arguments)}\n`);
      return null;
    }
    const { handler, run } = params.arguments[0];
    if (handler === "sleeps") {
      print("asleep\n", run);
      await new Promise((resolve) => token.onCancellationRequested(resolve));
      throw new Error("Request cancelled");
    }
    if (handler === "dies") {
      process.exit(1);
    }
    const question = {
      type: 2,
      message: "Run it?\nAccounts: slack",
      actions: [{ title: "Run once" }, { title: "Cancel" }],
    };
    const answer: { title: string } | null = await connection.sendRequest("window/showMessageRequest", question);
    return answer?.title === "Run once" ? { outcome: "succeeded", exports: { answer: 42 }, duration: 1 } : null;
  },
);

connection.onNotification("pd/trustedFolders", (params: unknown) => {
  print(`trust ${JSON.stringify(params)}\n`);
});
connection.onNotification("pd/stepPythons", (params: unknown) => {
  print(`pythons ${JSON.stringify(params)}\n`);
});
connection.onRequest("shutdown", () => null);
connection.onNotification("exit", () => process.exit(0));
connection.onClose(() => process.exit(1));
connection.listen();
