/** The files of the built window, found once. */
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { CairnError } from '../../base/errors.ts';

export interface Asset {
  /** Absolute path. */
  readonly file: string;
  readonly contentType: string;
  /** Its name holds a hash of its content, so that it may be kept for ever. */
  readonly immutable: boolean;
}

/**
 * Serving only what was found beforehand leaves nothing to get wrong: a request names a key of this
 * map or gets nothing, however it spells `..`.
 */
export type Assets = ReadonlyMap<string, Asset>;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * The regular files below `folder` by the path of their address; `/` is `index.html`. Links are left
 * out, and so are files of a kind that a window has no use for.
 * @throws CairnError `not-found` when there is no `index.html`
 */
export async function findAssets(folder: string): Promise<Assets> {
  const assets = new Map<string, Asset>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const contentType = contentTypes[/\.[^.]*$/.exec(entry.name)?.[0] ?? ''];
    if (!entry.isFile() || contentType === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    assets.set(path, { file, contentType, immutable: path.startsWith('/assets/') });
  }
  const index = assets.get('/index.html');
  if (index === undefined) {
    throw new CairnError(
      'not-found',
      `The window is not built: ${folder} has no index.html. Run “npm run build” first.`,
    );
  }
  return assets.set('/', index);
}

/** The asset at the path of an address as it was sent, percent-encoding included. */
export function assetAt(assets: Assets, path: string): Asset | undefined {
  try {
    return assets.get(decodeURIComponent(path));
  } catch {
    return undefined;
  }
}
