/** Which files of code are more than their lines, by their names. */
import type { ContentKind } from '../../../client/index.ts';

const viewers: Readonly<Record<string, ContentKind>> = {
  ipynb: 'notebook',
  csv: 'table',
  tsv: 'table',
  yaml: 'settings',
  yml: 'settings',
  json: 'settings',
  toml: 'settings',
  svg: 'image',
};

/** The viewer of a text file beside that of its lines; null where there is none. */
export function viewerOf(path: string): ContentKind | null {
  return viewers[extensionOf(path)] ?? null;
}

/** In small letters, without its dot; empty when there is none. */
export function extensionOf(path: string): string {
  return /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}
