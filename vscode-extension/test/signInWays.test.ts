import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { BY_VARIABLES, SIGN_IN_WAYS, VARIABLES } from "../src/signInWays";

test("there is a way for a keyring, for a command, for variables, and for nobody at Pipedream", () => {
  const details = SIGN_IN_WAYS.map(({ label, detail }) => `${label} ${detail}`).join("\n");
  for (const word of ["keyring", "a command", "Variables of the environment", "No Pipedream account", "sandbox"]) {
    assert.ok(details.includes(word), word);
  }
});

test("the variables are those that the documentation names, and are named before the person", () => {
  const documentation = readFileSync("../docs/accounts.md", "utf8");
  for (const name of VARIABLES) {
    assert.ok(documentation.includes(`\`${name}\``), name);
    assert.ok(BY_VARIABLES.detail.includes(name), name);
  }
});
