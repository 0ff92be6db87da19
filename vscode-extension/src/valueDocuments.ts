/** Values of results as documents that can only be read. Nothing of them is written to a disk. */
import { EventEmitter, Uri, workspace, type Disposable } from "vscode";

const SCHEME = "pd-lsp-result";
/** Documents that are kept; of more, the latest. */
const MOST = 50;

export class ValueDocuments implements Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration = workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: this.#changed.event,
    provideTextDocumentContent: (uri) =>
      this.#texts.get(uri.toString()) ?? "This value is no longer kept: open it again from the view “Result”.\n",
  });
  #count = 0;

  /** A document with this text. `name` is what its tab says, with an ending that tells the language. */
  add(name: string, text: string): Uri {
    this.#count += 1;
    const uri = Uri.from({ scheme: SCHEME, path: `/${String(this.#count)}/${name.replaceAll(/[/\\?#]/g, "_")}` });
    this.#texts.set(uri.toString(), text);
    for (const oldest of [...this.#texts.keys()].slice(0, -MOST)) {
      this.#texts.delete(oldest);
    }
    return uri;
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
