import assert from "node:assert/strict";
import { test } from "node:test";

import { answerTo, DECLINE, dialogFor } from "../src/questions";

const consent = {
  message: "Run entry.py with live credentials?\nAccounts: slack\nTime limit: 30 s",
  actions: [{ title: "Run once" }, { title: "Always for this file" }, { title: "Cancel" }],
};

test("the first line is the title and the other lines stay lines", () => {
  const { title, detail } = dialogFor(consent);
  assert.equal(title, "Run entry.py with live credentials?");
  assert.equal(detail, "Accounts: slack\nTime limit: 30 s");
});

test("the button with the focus declines, and VS Code's own Cancel is not doubled", () => {
  assert.deepEqual(dialogFor(consent).buttons, [DECLINE, "Run once", "Always for this file"]);
});

test("a question without answers gets no button that declines", () => {
  assert.deepEqual(dialogFor({ message: "Done.", actions: null }).buttons, []);
});

test("the chosen action goes back as the server wrote it", () => {
  assert.equal(answerTo(consent, "Run once"), consent.actions[0]);
});

test("declining and closing answer nothing, which the server takes as no", () => {
  assert.equal(answerTo(consent, DECLINE), null);
  assert.equal(answerTo(consent, undefined), null);
});
