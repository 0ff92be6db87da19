/** Which folders the server may trust (D6). The server enforces it; we only say what the person decided. */

export interface Folder {
  readonly scheme: string;
  toString(): string;
}

/**
 * The URIs of the open folders when the window is trusted, else none. Files outside the open folders stay
 * untrusted, whatever the window says: nobody was asked about *their* folder.
 */
export function trustedFolders(windowIsTrusted: boolean, folders: readonly Folder[]): string[] {
  return windowIsTrusted ? onDisk(folders).map((folder) => folder.toString()) : [];
}

/** The folders that a program on this machine can reach. */
export function onDisk<F extends Folder>(folders: readonly F[]): F[] {
  return folders.filter((folder) => folder.scheme === "file");
}
