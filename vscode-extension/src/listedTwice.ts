/**
 * Keys that another Python server lists as well: one that reads the stub of a project knows the keys of its
 * dictionaries, and lists them in quotes. VS Code puts the lists of all servers together and compares nothing.
 */

/** What is compared of an item of any server. */
export interface Listed {
  readonly label: string | { readonly label: string };
}

/** Our items without the keys that stand, in quotes, among those of others at the same place. */
export function withoutListed<I extends Listed>(ours: readonly I[], others: readonly Listed[]): I[] {
  const keys = new Set(others.map(nameOf).map(unquoted));
  return ours.filter((item) => !keys.has(nameOf(item)));
}

function nameOf({ label }: Listed): string {
  return typeof label === "string" ? label : label.label;
}

/** The key that a literal of Python means; undefined where it is none, or one that nobody would type like that. */
function unquoted(literal: string): string | undefined {
  return /^(["'])([^"'\\]*)\1$/.exec(literal)?.[2];
}
