/**
 * What somebody sees of the extension, scene by scene: each brings the window to where a picture of it can be taken, and
 * clears up behind itself. A new view is a new entry in `SCENES`.
 */

const STEP = "welcome_text/entry.py";
const MISTYPED = `def handler(pd):
    return len(pd.inputs["openai"]["$auth"]["api_kee"])
`;

/** Files that the scenes need beside the examples. */
export const FILES = {
  "new-sign-up-p_V9Ch2Lk/mistyped/entry.py": MISTYPED,
  "first-new/entry.py": "def handler(pd):\n    pass\n",
};

/** Each by its name: `show` ends where everything of it is seen, `texts` is what must be on the screen then. */
export const SCENES = {
  completion: {
    show: async (window) => {
      await window.openStep(STEP);
      await window.goTo(18, 100);
      await window.type('\nkey = pd.inputs["');
      await window.suggestions("openai");
    },
    texts: [".suggest-widget .monaco-list-row"],
    clear: (window) => window.deleteLine(19),
  },
  hover: {
    show: async (window) => {
      await window.openStep("post_message/entry.py");
      await window.hoverAt(6, 45, "Account:");
    },
    texts: [".monaco-hover .hover-row"],
    clear: (window) => window.page.keyboard.press("Escape"),
  },
  "light-bulb": {
    show: async (window) => {
      await window.openStep("first-new/entry.py");
      await window.goTo(2, 5);
      await window.page.keyboard.press("Control+.");
      await window.page.locator(".action-widget .monaco-list-row", { hasText: "Insert" }).first().waitFor();
    },
    texts: [".action-widget .monaco-list-row"],
    clear: async (window) => {
      await window.page.keyboard.press("Escape");
      await window.page.locator(".action-widget:visible").first().waitFor({ state: "detached" });
    },
  },
  question: {
    show: async (window) => {
      await window.openStep(STEP);
      await window.lens("Run step");
      await window.dialog("with live credentials?");
    },
    texts: [".monaco-dialog-box .dialog-message-text", ".monaco-dialog-box .monaco-button"],
    clear: (window) => window.answer("Don’t Run"),
  },
  run: {
    show: async (window) => {
      await window.openStep(STEP);
      await window.lens("Run step");
      await window.answer("Run once");
      await window.output("Succeeded after");
      await window.page.locator(".statusbar-item", { hasText: "Stop step" }).waitFor({ state: "hidden" });
    },
    texts: [".codelens-decoration a", ".terminal-wrapper.active .xterm-rows > div, .output-view .view-line"],
    clear: (window) => window.command("View: Hide Panel"),
  },
  problem: {
    show: async (window) => {
      await window.openStep("mistyped/entry.py");
      await window.problems("unknown-key");
    },
    texts: [".markers-panel .monaco-list-row"],
    clear: (window) => window.command("View: Hide Panel"),
  },
};
