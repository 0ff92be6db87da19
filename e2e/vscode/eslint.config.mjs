// The rules, and the linter, are those of the extension.
export { default } from "../../vscode-extension/eslint.e2e.mjs";
