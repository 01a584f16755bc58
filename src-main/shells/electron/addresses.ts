/** Which addresses there are: the window's own, those that lead out, those that lead in. */
import { isAbsolute, resolve } from 'node:path';

export const appScheme = 'app';
export const appOrigin = `${appScheme}://cairn`;
export const linkScheme = 'cairn';

/** What is asked of the shell from outside: a folder to open (or none), and a run in it. */
export interface OpenRequest {
  readonly folder: string | null;
  readonly run: string | null;
}

/** Whether an address is the window's own page or a part of it. */
export function isOwnAddress(address: string | undefined): boolean {
  const url = parse(address ?? '');
  return url !== null && url.protocol === `${appScheme}:` && url.host === 'cairn';
}

/** The normalised address when it may be handed to the user's browser, else null. */
export function externalAddress(address: string): string | null {
  const url = parse(address);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  return url.username === '' && url.password === '' ? url.href : null;
}

/**
 * What `cairn://open?path=…&run=…` asks for; null for anything else. Any web page can hold such a
 * link, so that a path on the network is refused: on Windows, looking at `\\host\share` sends the
 * user's credentials there.
 */
export function parseLink(link: string, platform: NodeJS.Platform): OpenRequest | null {
  const url = parse(link);
  if (url === null || url.protocol !== `${linkScheme}:` || url.host !== 'open') return null;
  const folder = url.searchParams.get('path');
  const run = url.searchParams.get('run');
  if (folder === null || folder.includes('\0') || !isLocalPath(folder, platform)) return null;
  if (run !== null && !/^(#?\d{1,6}\.\d{1,9}|[0-9a-f]{4,32})$/.test(run)) return null;
  return { folder, run };
}

function isLocalPath(path: string, platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return /^[a-z]:[\\/]/i.test(path);
  return isAbsolute(path) && !path.startsWith('//');
}

/** What the arguments ask for: a link, a folder relative to `cwd`, or nothing. Switches are Chromium's. */
export function parseArguments(
  args: readonly string[],
  cwd: string,
  platform: NodeJS.Platform,
): OpenRequest {
  const nothing = { folder: null, run: null };
  const first = args.find((argument) => argument !== '' && !argument.startsWith('-'));
  if (first === undefined) return nothing;
  if (first.startsWith(`${linkScheme}:`)) return parseLink(first, platform) ?? nothing;
  return { folder: resolve(cwd, first), run: null };
}

function parse(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}
