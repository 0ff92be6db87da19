/** Lists each key once beside another Python server: asks the others what they list, and leaves that to them. */
import {
  commands,
  CompletionItemKind,
  CompletionList,
  type CompletionContext,
  type CompletionItem,
  type Position,
  type TextDocument,
} from "vscode";
import type { CompletionMiddleware } from "vscode-languageclient/node";

import { Echoes } from "./echoes";
import { withoutListed } from "./listedTwice";

/** A part of the client's middleware. VS Code asks us among the others, which is answered with nothing. */
export function listOnce(): Required<Pick<CompletionMiddleware, "provideCompletionItem">> {
  const echoes = new Echoes();
  return {
    provideCompletionItem: async (document, position, context, token, next) => {
      const place = `${document.uri.toString()} ${position.line} ${position.character}`;
      if (echoes.isEcho(place)) {
        return undefined;
      }
      const found = await next(document, position, context, token);
      const items = Array.isArray(found) ? found : (found?.items ?? []);
      if (token.isCancellationRequested || !items.some((item) => item.kind === CompletionItemKind.Field)) {
        return found;
      }
      const others = await echoes.asking(place, () => listedByOthers(document, position, context));
      return new CompletionList(withoutListed(items, others), !Array.isArray(found) && found?.isIncomplete === true);
    },
  };
}

async function listedByOthers(
  document: TextDocument,
  position: Position,
  context: CompletionContext,
): Promise<CompletionItem[]> {
  const [uri, typed] = [document.uri, context.triggerCharacter];
  try {
    const found = await commands.executeCommand<CompletionList | undefined>(
      "vscode.executeCompletionItemProvider",
      uri,
      position,
      typed,
    );
    return found?.items ?? [];
  } catch {
    return []; // an editor that can't say it lists keys twice, and lists them
  }
}
