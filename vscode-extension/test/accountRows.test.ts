import assert from "node:assert/strict";
import { test } from "node:test";

import { accountRows } from "../src/accountRows";
import type { Account } from "../src/connectedAccounts";
import type { Row } from "../src/rows";

function account(parts: Partial<Account> = {}): Account {
  const usual = { id: "apn_1", name: "octo-work", state: "ok", provider: "connect", environment: null, chosen: false };
  return { ...usual, ...parts } as Account;
}

function rowOf(...accounts: Account[]): Row {
  const [row] = accountRows([{ app: "github", name: "GitHub", accounts }]);
  assert.ok(row);
  return row;
}

function accountRow(parts: Partial<Account>): Row {
  const [row] = rowOf(account(parts)).children;
  assert.ok(row);
  return row;
}

test("an app says which account it has, or how many", () => {
  assert.equal(rowOf(account()).description, "octo-work");
  assert.equal(rowOf(account({ state: "dead" })).description, "octo-work, dead");
  assert.equal(rowOf(account(), account({ id: "apn_2" })).description, "2 accounts");
});

test("an app is open where there is something to choose or to mend", () => {
  assert.equal(rowOf(account()).isOpen, false);
  assert.equal(rowOf(account({ state: "unhealthy" })).isOpen, true);
  assert.equal(rowOf(account(), account({ id: "apn_2" })).isOpen, true);
});

test("each state is said in words beside its icon, and no two look the same", () => {
  const rows = (["ok", "dead", "unhealthy", "unreadable"] as const).map((state) => accountRow({ state }));
  assert.deepEqual(
    rows.map((row) => row.description),
    ["", "dead", "token could not be renewed", "not readable"],
  );
  assert.equal(new Set(rows.map((row) => row.icon)).size, 4);
  assert.ok(rows.every((row) => row.spoken.includes(row.description)));
  assert.match(rows[0]?.spoken ?? "", /^Account octo-work of GitHub, works$/);
});

test("where an account is kept, that it was chosen, and its environment stand behind it", () => {
  const row = accountRow({ provider: "local", chosen: true, environment: "production" });
  assert.equal(row.description, "chosen here, kept here, PRODUCTION");
  assert.equal(row.icon, "home");
  assert.match(row.tooltip, /Kept on this machine.*\n.*environment production/);
  assert.equal(accountRow({ environment: "development" }).description, "development");
});

test("a dead account is offered to be connected again; one that works, or is kept here, is not", () => {
  const offers = (parts: Partial<Account>) => accountRow(parts).offers.includes("reconnect");
  assert.deepEqual([offers({ state: "dead" }), offers({ state: "unhealthy" })], [true, true]);
  assert.deepEqual([offers({}), offers({ state: "unreadable" })], [false, false]);
  assert.equal(offers({ state: "dead", provider: "local" }), false);
});

test("of several accounts those that are not chosen can be", () => {
  const row = rowOf(account({ chosen: true }), account({ id: "apn_2" }));
  assert.deepEqual(
    row.children.map((one) => one.offers.includes("choose")),
    [false, true],
  );
  assert.equal(accountRow({}).offers.includes("choose"), false);
});
