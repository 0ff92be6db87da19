/** The main scenes in dark, light and high contrast: everything can be read, and pictures are kept. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { contrasts } from "../src/contrast.mjs";
import { FILES, SCENES } from "../src/scenes.mjs";
import { Window } from "../src/window.mjs";

// By the name in the settings: the class that the workbench has then, and the least contrast of a text with what is
// behind it. Those of high contrast promise 7; 3 is what remains of 4.5 where VS Code itself draws a text faintly.
const THEMES = {
  "Dark Modern": ["vs-dark", 3],
  "Light Modern": ["vs", 3],
  "Dark High Contrast": ["hc-black", 7],
  "Light High Contrast": ["hc-light", 7],
};

let window;
before(async () => {
  window = await Window.open("themes", { files: FILES });
  await window.openStep("welcome_text/entry.py");
});
after(() => window?.close());

// What a mark such as ✓ needs by WCAG 2.1, 1.4.11: it is no text, and words beside it say the same.
const OF_MARKS = 3;

for (const [theme, [kind, least]] of Object.entries(THEMES)) {
  describe(theme, () => {
    before(async () => {
      await window.theme(theme);
      await window.page.locator(`.monaco-workbench.${kind}`).waitFor();
    });

    for (const [name, scene] of Object.entries(SCENES)) {
      test(name, async () => {
        try {
          await scene.show(window);
          const seen = await contrasts(window.page, scene.texts);
          assert.ok(seen.length >= scene.texts.length, `something of ${scene.texts.join(" and ")} is not there`);
          assert.deepEqual(
            seen.filter(({ text, contrast }) => contrast < (/[\p{L}\p{N}]/u.test(text) ? least : OF_MARKS)),
            [],
          );
        } finally {
          await window.picture(`${kind}-${name}`);
          await scene.clear(window);
        }
      });
    }
  });
}
