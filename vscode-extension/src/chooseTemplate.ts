/** Lets the person search among the templates of all apps, and has the server insert the one they choose. */
import { window, type Disposable, type QuickPick } from "vscode";

import { noteInsertion } from "./firstSteps";
import { INSERT_TEMPLATE, TEMPLATES, templateChoices, type TemplateChoice, type TemplatePlace } from "./templateList";

/** Lets the server execute a command. */
export type Execute = (command: string, argument: unknown) => Promise<unknown>;

/**
 * Shows the list for `search`, which holds the connected apps where that is empty; what is typed is searched for by the
 * server.
 */
export function chooseTemplate(place: TemplatePlace, execute: Execute, search = ""): void {
  const list = window.createQuickPick<TemplateChoice & { alwaysShow: true }>();
  list.title = "Insert a template";
  list.value = search;
  list.placeholder = "The name of an app, such as Stripe";
  const subscriptions: Disposable[] = [
    list.onDidChangeValue((typed) => void fill(list, place, execute, typed)),
    list.onDidAccept(() => {
      const [chosen] = list.selectedItems;
      list.hide();
      if (chosen !== undefined) {
        noteInsertion();
        void execute(INSERT_TEMPLATE, { ...place, app: chosen.app, template: chosen.template });
      }
    }),
    list.onDidHide(() => {
      subscriptions.forEach((subscription) => void subscription.dispose());
      list.dispose();
    }),
  ];
  list.show();
  void fill(list, place, execute, search);
}

async function fill(
  list: QuickPick<TemplateChoice & { alwaysShow: true }>,
  place: TemplatePlace,
  execute: Execute,
  search: string,
): Promise<void> {
  list.busy = true;
  const found = templateChoices(await execute(TEMPLATES, { uri: place.uri, search }));
  if (list.value === search) {
    // an answer to what stood there before comes too late
    list.items = found.map((choice) => ({ ...choice, alwaysShow: true }));
    list.busy = false;
  }
}
