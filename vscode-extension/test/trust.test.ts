import assert from "node:assert/strict";
import { test } from "node:test";

import { trustedFolders } from "../src/trust";

function folder(uri: string) {
  return { scheme: uri.slice(0, uri.indexOf(":")), toString: () => uri };
}

test("no folder is trusted while the window is not", () => {
  assert.deepEqual(trustedFolders(false, [folder("file:///w")]), []);
});

test("a trusted window trusts the folders that are open in it", () => {
  assert.deepEqual(trustedFolders(true, [folder("file:///w"), folder("file:///x")]), ["file:///w", "file:///x"]);
});

test("folders that are not on a disk are not named", () => {
  assert.deepEqual(trustedFolders(true, [folder("vscode-vfs://github/a/b"), folder("file:///w")]), ["file:///w"]);
});
