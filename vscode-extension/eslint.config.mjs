import { readdirSync } from "node:fs";
import path from "node:path";
import js from "@eslint/js";
import tseslint from "typescript-eslint";

// What has tests of its own is tested without an editor, and must not need one. These two are tested in a stand-in's.
const inAnEditor = ["extension", "sideView"];
const withoutEditor = readdirSync(path.join(import.meta.dirname, "test"))
  .flatMap((file) => /^(\w+)\.test\.ts$/.exec(file)?.[1] ?? [])
  .filter((name) => !inAnEditor.includes(name));

export default tseslint.config(
  { ignores: ["out/"] },
  js.configs.recommended,
  {
    files: ["src/**/*.ts", "test/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: { "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }] },
  },
  {
    files: withoutEditor.map((name) => `src/${name}.ts`),
    rules: { "no-restricted-imports": ["error", { patterns: ["vscode", "vscode-languageclient*"] }] },
  },
  {
    // D7: settings are read in one place, which takes the person's own values only.
    files: ["src/**/*.ts"],
    ignores: ["src/settings.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "MemberExpression[property.name='getConfiguration']", message: "Read settings in settings.ts." },
      ],
    },
  },
  // `node:test` gives promises that nobody has to wait for.
  { files: ["test/**/*.ts"], rules: { "@typescript-eslint/no-floating-promises": "off" } },
  { files: ["scripts/*.mjs"], languageOptions: { globals: { console: "readonly", process: "readonly" } } },
);
