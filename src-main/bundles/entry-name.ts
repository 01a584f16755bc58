/** Names of files in a bundle: which may be written where. */

/**
 * Whether a name may be unpacked: relative, `/` between its parts, no `.` or `..`, no drive, no
 * control characters.
 */
export function isSafeName(name: string): boolean {
  if (name === '' || name.length > 4096 || /[\\\ufffd]/.test(name)) return false;
  if (Array.from(name).some((char) => char < ' ' || char === '\u007f')) return false;
  const parts = (name.endsWith('/') ? name.slice(0, -1) : name).split('/');
  return parts.every((part) => part !== '.' && part !== '..' && !/^$|^[a-zA-Z]:/.test(part));
}

/** Whether a safe name can also exist on Windows. */
export function isWindowsName(name: string): boolean {
  return name
    .split('/')
    .every(
      (part) =>
        !/[<>:"|?*]|[. ]$/.test(part) &&
        !/^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i.test(part),
    );
}

/**
 * Remembers a name in `seen`.
 * @returns the earlier name that macOS or Windows could not tell from it, itself among them, or null
 */
export function namesCollide(seen: Map<string, string>, name: string): string | null {
  const folded = name.normalize('NFC').toLowerCase();
  const earlier = seen.get(folded);
  if (earlier === undefined) seen.set(folded, name);
  return earlier ?? null;
}
