/** A window of VS Code as a person sees it: what they press, type and click, and what appears. */
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { chromium as playwright } from "playwright-core";

import { startEditor, until } from "./editor_server.mjs";
import { chromium, KEPT } from "./places.mjs";

const PATIENCE = 30_000;
// Where runs are seen: a terminal, and in a restricted window a channel.
const OUTPUT_LINES = ".terminal-wrapper.active .xterm-rows > div, .output-view .view-line";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export class Window {
  #editor;
  #browser;
  #name;

  constructor(name, editor, browser, page) {
    this.#name = name;
    this.#editor = editor;
    this.#browser = browser;
    /** The page that VS Code is, for what no method here does. */
    this.page = page;
  }

  /** Opens a window on a copy of the examples; `name` is that of its pictures and logs, `height` that of the window. For the rest see `startEditor`. */
  static async open(name, { height = 800, ...options } = {}) {
    const editor = await startEditor({
      name,
      ...options,
      settings: { "security.workspace.trust.enabled": false, ...options.settings },
    });
    const browser = await playwright.launch({ executablePath: chromium(), headless: true, args: FLAGS });
    const context = await browser.newContext({ viewport: { width: 1280, height } });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const window = new Window(name, editor, browser, page);
    await page.goto(editor.url);
    await page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 2 * PATIENCE });
    await page
      .locator(".explorer-folders-view .monaco-list-row")
      .first()
      .waitFor({ timeout: 2 * PATIENCE });
    return window;
  }

  /** The folder that is open, and the home of the person. */
  get folder() {
    return this.#editor.folder;
  }

  get home() {
    return this.#editor.home;
  }

  /** Writes a file into the home of the person, which is that of the steps too. */
  write(name, text) {
    const file = path.join(this.home, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** The files below a folder of the person's home whose bytes hold `text`. */
  filesHolding(text, folder = ".") {
    return readdirSync(path.join(this.home, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.join(parentPath, name))
      .filter((file) => readFileSync(file).includes(text));
  }

  /** Chooses a colour theme by its name in the list. */
  async theme(name) {
    await this.command("Preferences: Color Theme");
    const input = this.page.locator('.quick-input-widget input.input[placeholder*="Theme"]');
    const themes = this.page.locator(".quick-input-list .monaco-list-row", { hasText: name });
    await input.waitFor();
    await this.page.locator(".quick-input-list .monaco-list-row.focused").waitFor();
    await input.fill(name);
    await themes.first().click();
    await input.waitFor({ state: "hidden" });
  }

  /** Trusts the window, as its own editor for that has it. */
  async trust() {
    await this.command("Workspaces: Manage Workspace Trust");
    await this.page.locator(".workspace-trust-editor .monaco-button", { hasText: "Trust" }).first().click();
    await this.page.locator(".workspace-trust-header.workspace-trust-trusted").waitFor();
    await this.page
      .locator(".modal-editor-header .codicon-close, .monaco-modal-editor-block .codicon-close")
      .first()
      .click();
  }

  /** Ends browser and editor; the last picture and the logs are kept. */
  async close() {
    await this.picture("last").catch(() => undefined);
    await this.#browser.close();
    await this.#editor.stop();
  }

  /** Keeps a picture of the window. */
  async picture(what) {
    mkdirSync(KEPT, { recursive: true });
    await this.page.screenshot({ path: path.join(KEPT, `${this.#name}-${what}.png`) });
  }

  /** Opens a step by the end of its path, such as `toot/entry.py`, and waits until the server knows it. */
  async openStep(file) {
    const input = this.#quickInput();
    await this.press("Control+p", input);
    await input.fill(file);
    const folder = path.dirname(file);
    // Clicked, as what Enter takes changes while the list is narrowed, and other documents may have the folder's name.
    const rows = this.page.locator(".quick-input-list .monaco-list-row", { hasText: path.basename(file) });
    await rows.filter({ hasText: folder }).first().click();
    await this.page.locator(".breadcrumbs-control", { hasText: folder }).first().waitFor();
    await this.#lens("Run step").waitFor();
  }

  /** Puts the caret at a line and column, both counted from 1. */
  async goTo(line, column = 1) {
    const input = this.#quickInput();
    await this.press("Control+g", input);
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await input.waitFor({ state: "hidden" });
    // What is typed before that goes nowhere.
    await this.page.locator(".editor-instance .monaco-editor.focused").waitFor();
    await this.page.locator(".statusbar-item", { hasText: `Ln ${line},` }).waitFor();
  }

  /** Calls a command by its name in the palette. */
  async command(name) {
    const input = this.#quickInput();
    await this.press("F1", input);
    await input.fill(`>${name}`);
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().click();
  }

  /** Presses a key until something shows, because a key that comes while a list closes can be lost. */
  async press(keys, shows, tries = 4) {
    for (let left = tries; ; left -= 1) {
      for (const key of keys.split(" ")) {
        await this.page.keyboard.press(key);
      }
      try {
        await shows.first().waitFor({ timeout: left > 1 ? PATIENCE / 6 : PATIENCE });
        return;
      } catch (error) {
        if (left === 1) {
          throw error;
        }
      }
    }
  }

  /** Clicks until something shows, because a click that comes while the window is being drawn can be lost. */
  async click(what, shows) {
    await what.first().click();
    await shows
      .first()
      .waitFor({ timeout: PATIENCE / 6 })
      .catch(() => what.first().click());
    await shows.first().waitFor();
  }

  /** Types, letter by letter. */
  async type(text) {
    await this.page.keyboard.type(text, { delay: 30 });
  }

  /** The labels of the suggestions, once one of them is `label`. */
  async suggestions(label) {
    const rows = this.page.locator(".suggest-widget.visible .monaco-list-row");
    await rows.filter({ hasText: label }).first().waitFor();
    return rows.locator(".label-name").allInnerTexts();
  }

  /** The labels of all suggestions, those further down as well. */
  async everySuggestion() {
    const rows = this.page.locator(".suggest-widget.visible .monaco-list-row");
    await rows.first().waitFor();
    const found = new Map();
    for (let size = 1; found.size < size;) {
      const shown = await rows.evaluateAll((all) =>
        all.map((row) => ({
          place: row.getAttribute("aria-posinset"),
          size: Number(row.getAttribute("aria-setsize")),
          label: row.querySelector(".label-name").textContent,
        })),
      );
      shown.forEach(({ place, label }) => found.set(place, label));
      size = shown[0]?.size ?? size;
      if (found.size < size) {
        await this.page.keyboard.press("PageDown");
      }
    }
    return [...found.values()];
  }

  /** Deletes a line, whatever is open over it. */
  async deleteLine(line) {
    await this.page.keyboard.press("Escape");
    await this.suggestionsAreGone();
    await this.goTo(line);
    await this.page.keyboard.press("Control+Shift+k");
  }

  /** Opens a hover at a line and column, and waits until it says `text`. */
  async hoverAt(line, column, text) {
    await this.goTo(line, column);
    await this.press("Control+k Control+i", this.page.locator(".monaco-hover:visible .hover-row", { hasText: text }));
  }

  /** What a hover says at a line and column, part by part, once it says `text` and every server has answered. */
  async hover(line, column, text) {
    await this.hoverAt(line, column, text);
    const rows = this.page.locator(".monaco-hover:visible .hover-row");
    let parts = [];
    const isWhole = async () => {
      parts = (await rows.allInnerTexts()).map((row) => readable(row).trim());
      if (parts.length === 0) {
        // A caret that arrives late closes it again.
        await this.hoverAt(line, column, text);
      }
      return parts.some((part) => part.includes(text)) && !parts.some((part) => part.startsWith("Loading"));
    };
    await until(isWhole, `the hover does not say “${text}”`);
    await this.page.keyboard.press("Escape");
    return parts;
  }

  /** The files in which the definition of what is at the caret is, as a peek lists them. */
  async definitions() {
    const peek = this.page.locator(".peekview-widget");
    await this.press("Control+Shift+F10", peek);
    await peek.locator(".peekview-title .filename", { hasText: "." }).filter({ hasNotText: "Loading" }).waitFor();
    const listed = await peek.locator(".ref-tree .reference-file .label-name").allInnerTexts();
    const opened = await peek.locator(".peekview-title .filename").allInnerTexts();
    await this.press("Escape", this.page.locator(".editor-instance:not(:has(.peekview-widget))"));
    return listed.length > 0 ? listed : opened;
  }

  /** The lines of the Problems view, once one of them holds `text`. */
  async problems(text) {
    await this.command("Problems: Focus on Problems View");
    const lines = this.page.locator(".markers-panel .monaco-list-row");
    await lines.filter({ hasText: text }).first().waitFor();
    return (await lines.allInnerTexts()).map(readable);
  }

  /** Waits until no suggestions are shown. */
  async suggestionsAreGone() {
    await this.page.locator(".suggest-widget.visible").waitFor({ state: "hidden" });
  }

  /** Takes the suggestion `label`. */
  async accept(label) {
    await this.page.locator(".suggest-widget.visible .monaco-list-row", { hasText: label }).first().click();
  }

  /** Waits until the text of the editor, as far as it is on the screen, holds `text`. */
  async shows(text) {
    await this.#holds(".editor-instance .view-lines .view-line", text);
  }

  /** Opens the light bulb's list, and takes the action whose title holds `title`, by the keyboard where it is far down. */
  async quickFix(title) {
    const list = this.page.locator(".action-widget:visible").first();
    const action = list.locator(".monaco-list-row", { hasText: title });
    // Not `press`: the same key takes the first action once the list is there.
    await this.page.keyboard.press("Control+.");
    await list.waitFor();
    if (!(await action.first().isVisible())) {
      await this.press("ArrowUp", action, 2);
    }
    await action.first().click();
  }

  /** Clicks the lens `title` above the handler. */
  async lens(title) {
    await this.#lens(title).click();
  }

  /** The text of the dialog that holds `text`, once it is open. */
  async dialog(text) {
    const box = this.page.locator(".monaco-dialog-box", { hasText: text });
    await box.waitFor();
    return readable(await box.innerText());
  }

  /** Answers the dialog that has this button. */
  async answer(button) {
    await this.page.locator(".monaco-dialog-box .monaco-button", { hasText: button }).first().click();
  }

  /** Waits until the view that runs are seen in holds `text`. */
  async output(text) {
    await this.#holds(OUTPUT_LINES, text);
  }

  /** What of it is on the screen, line by line. */
  async outputShown() {
    const lines = await this.page.locator(OUTPUT_LINES).allTextContents();
    return readable(lines.map((line) => line.trimEnd()).join("\n"));
  }

  /** Presses keys in the terminal that is shown. */
  async inTerminal(keys) {
    await this.page.locator(".terminal-wrapper.active .xterm-screen").click();
    await this.page.keyboard.press(keys);
  }

  /** What the terminal in front shows, once it holds `text`, whatever lines that is broken into. */
  async terminal(text) {
    const shown = () =>
      this.page
        .locator(".terminal-wrapper.active .xterm-rows > div")
        .allInnerTexts()
        .then((lines) => readable(lines.join("")));
    await until(async () => (await shown()).includes(text), `“${text}” did not appear in the terminal`).catch(
      async (error) => assert.fail(`${error.message}. What is there:\n${await shown()}`),
    );
    return shown();
  }

  #lens(title) {
    return this.page.locator(".editor-instance .codelens-decoration a", { hasText: title }).first();
  }

  async #holds(lines, text) {
    const found = ([selector, wanted]) => {
      const shown = [...document.querySelectorAll(selector)].sort(
        (one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top,
      );
      return shown
        .map((line) => line.textContent.replaceAll("\u00a0", " "))
        .join("\n")
        .includes(wanted);
    };
    await this.page.waitForFunction(found, [lines, text]).catch(async () => {
      const shown = (await this.page.locator(lines).allInnerTexts()).map(readable).join("\n");
      assert.fail(`“${text}” did not appear. What is there:\n${shown}`);
    });
  }

  #quickInput() {
    return this.page.locator(".quick-input-widget input.input");
  }
}

/** Text as it reads: VS Code shows blanks as another character. */
function readable(text) {
  return text.replaceAll("\u00a0", " ");
}
