// For what drives the packed extension in a real VS Code (../e2e/vscode), which has no linter of its own.
import js from "@eslint/js";

const node = ["process", "console", "fetch", "setTimeout", "clearTimeout"];
// Functions that are handed to the browser run there.
const browser = ["document", "getComputedStyle", "Node"];

export default [
  { ignores: ["node_modules/"] },
  js.configs.recommended,
  {
    languageOptions: { globals: Object.fromEntries([...node, ...browser].map((name) => [name, "readonly"])) },
    rules: { "no-unused-vars": "error", eqeqeq: "error", "prefer-const": "error", "no-var": "error" },
  },
];
