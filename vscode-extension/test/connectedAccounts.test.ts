import assert from "node:assert/strict";
import { test } from "node:test";

import { appPage, parseAccounts } from "../src/connectedAccounts";

const SIGNED_IN = { state: "signed in", kind: "connect", project: "proj_a", environment: "development" };
const GITHUB = {
  id: "apn_1",
  name: "octo-work",
  state: "dead",
  provider: "connect",
  environment: "development",
  chosen: true,
};

test("an answer is read as it is", () => {
  const answer = {
    signIn: SIGNED_IN,
    complete: true,
    asking: false,
    problem: null,
    apps: [{ app: "github", name: "GitHub", accounts: [GITHUB] }],
  };
  assert.deepEqual(parseAccounts(answer), answer);
});

test("what is no answer is none: an older server gives null, a strange one anything", () => {
  const strange = [null, undefined, 3, [], {}, { signIn: SIGNED_IN }, { signIn: { state: "elsewhere" }, apps: [] }];
  for (const value of strange) {
    assert.equal(parseAccounts(value), null, JSON.stringify(value));
  }
});

test("parts that can't be read are left out, and the rest is there", () => {
  const read = parseAccounts({
    signIn: { ...SIGNED_IN, kind: 1, project: "" },
    apps: [
      { app: 7, accounts: [] },
      { app: "slack", accounts: [null, { id: 1 }, { id: "apn_2", state: "unheard of", chosen: "yes" }] },
    ],
  });
  assert.deepEqual(read?.signIn, { state: "signed in", kind: null, project: null, environment: "development" });
  assert.deepEqual(
    { complete: read.complete, asking: read.asking, problem: read.problem },
    { complete: false, asking: false, problem: null },
  );
  const account = { id: "apn_2", name: "apn_2", state: "ok", provider: "", environment: null, chosen: false };
  assert.deepEqual(read.apps, [{ app: "slack", name: "slack", accounts: [account] }]);
});

test("the page of an app has its slug with dashes, and nothing else of it", () => {
  assert.equal(appPage("google_sheets"), "https://pipedream.com/apps/google-sheets");
  assert.equal(appPage("x/../../?a=b#c"), "https://pipedream.com/apps/x%2F..%2F..%2F%3Fa%3Db%23c");
});
