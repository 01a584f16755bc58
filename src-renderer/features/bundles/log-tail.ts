/** The end of a log that keeps growing, as plain text. */

/** More than this is in the report's own log file. */
const maxCharacters = 400_000;

const esc = String.fromCharCode(27);
const bell = String.fromCharCode(7);
const escapes = new RegExp(
  `${esc}(?:\\[[0-9;:?]*[ -/]*[@-~]|\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)?|[=>78cDEHM])`,
  'g',
);

/** Text with a piece added: no terminal escapes, no line kept that a carriage return wrote over. */
export function appendLog(before: string, piece: string): string {
  const joined = before + piece.replaceAll(escapes, '').replaceAll('\r\n', '\n');
  const start = Math.max(0, before.lastIndexOf('\n'));
  const text =
    joined.slice(0, start) + joined.slice(start).replaceAll(/[^\n\r]*\r(?=[^\n\r])/g, '');
  if (text.length <= maxCharacters) return text;
  const cut = text.indexOf('\n', text.length - maxCharacters);
  return text.slice(cut < 0 ? text.length - maxCharacters : cut + 1);
}
