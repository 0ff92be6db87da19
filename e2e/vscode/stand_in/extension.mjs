/**
 * A stand-in for the extension of basedpyright, which can't be had without a marketplace: it starts the real
 * `basedpyright-langserver` for Python files, with the standard client of VS Code, and does nothing else.
 */
import { LanguageClient } from "vscode-languageclient/node";

/* global COMMAND, STEP_PYTHON -- put in when this is bundled */
const SETTINGS = {
  python: { pythonPath: STEP_PYTHON },
  basedpyright: { analysis: { typeCheckingMode: "standard", diagnosticMode: "openFilesOnly" } },
};

let client;

export async function activate() {
  client = new LanguageClient(
    "standIn",
    "basedpyright (stand-in)",
    { command: COMMAND, args: ["--stdio"] },
    {
      documentSelector: [{ scheme: "file", language: "python" }],
      middleware: { workspace: { configuration: ({ items }) => items.map(({ section }) => named(section)) } },
    },
  );
  await client.start();
}

export async function deactivate() {
  await client?.stop();
}

function named(section) {
  return section.split(".").reduce((part, name) => part?.[name] ?? null, SETTINGS);
}
