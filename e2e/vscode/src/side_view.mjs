/** The side view of accounts and workflows, and the status item, as a person finds them. */

export class SideView {
  constructor(window) {
    this.window = window;
    this.page = window.page;
  }

  /** Opens the side view by its icon in the activity bar. */
  async open() {
    const icon = this.page.locator(".activitybar .action-label[aria-label^='Pipedream']");
    await this.window.click(icon, this.page.locator(".pane-header", { hasText: "Accounts" }));
  }

  /** The line whose text holds all of `words`, once it is there. */
  async line(...words) {
    let rows = this.page.locator(".sidebar .tree-explorer-viewlet-tree-view .monaco-list-row");
    for (const word of words) {
      rows = rows.filter({ hasText: word });
    }
    await rows.first().waitFor();
    return rows.first();
  }

  /** Calls the action `name` that stands in a line while one points at it; again, where `shows` is given and does not. */
  async call(line, name, shows = undefined) {
    await line.hover();
    const action = line.locator(`.action-label[aria-label^='${name}']`);
    await (shows === undefined ? action.click() : this.window.click(action, shows));
  }

  /** The welcome text that holds `text`, once it is there. */
  async welcome(text) {
    const shown = this.page.locator(".sidebar .welcome-view:visible", { hasText: text }).first();
    await shown.waitFor();
    return shown;
  }

  /** The status item, once it says `text`. */
  async status(text) {
    const item = this.page.locator(".statusbar-item", { hasText: text }).first();
    await item.waitFor();
    return item;
  }
}
