/** How a path is shown in what people pass on: without who they are. Knows no editor. */

/** Whose machine it is. */
export interface Owner {
  readonly home: string;
  readonly user: string;
}

/** The path with `~` for the home folder. */
export function withTilde(file: string, home: string): string {
  const isBelow = home !== "" && file.startsWith(home) && /^[\\/]/.test(file.slice(home.length));
  return isBelow ? `~${file.slice(home.length)}` : file;
}

/** The same for a report that strangers read: also without the person's name, and without parts that look like a key. */
export function withoutNames(file: string, { home, user }: Owner): string {
  return withTilde(file, home)
    .split(/([\\/])/)
    .map((part) => (part.toLowerCase() === user.toLowerCase() || looksLikeKey(part) ? "…" : part))
    .join("");
}

function looksLikeKey(part: string): boolean {
  return /[A-Za-z0-9_=+-]{16,}/.test(part) && /\d/.test(part) && /[A-Za-z]/.test(part);
}
