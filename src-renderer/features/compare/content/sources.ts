/** The address of two files: `#/compare?left=/a/old.csv&right=/a/new.csv&as=text`. */
import type { ContentKind, ContentSource } from '../../../client/index.ts';
import { type Route, to } from '../../../state/index.ts';

/** A file as it stands in an address: a path, or `bundle.zip!/path/inside`. */
export function readSource(text: string): ContentSource {
  const at = text.indexOf('!/');
  if (at <= 0) return { kind: 'file', path: text };
  return { kind: 'bundle', bundle: text.slice(0, at), path: text.slice(at + 2) };
}

export function writeSource(source: ContentSource): string {
  return source.kind === 'bundle' ? `${source.bundle}!/${source.path}` : source.path;
}

export interface FilesPlace {
  readonly left: string;
  readonly right: string;
  readonly as: ContentKind | null;
}

/** Null for an address that is not about two files. */
export function readFilesPlace({ parts, query }: Route): FilesPlace | null {
  if (parts.length > 0 || (query.left === undefined && query.right === undefined)) {
    return query.files === undefined ? null : { left: '', right: '', as: null };
  }
  return { left: query.left ?? '', right: query.right ?? '', as: kindOf(query.as) };
}

export function writeFilesPlace({ left, right, as }: FilesPlace): Route {
  if (left === '' && right === '') return to('compare', [], { files: '1' });
  return to('compare', [], { left, right, as: as ?? undefined });
}

const kinds: readonly ContentKind[] = [
  'notebook',
  'table',
  'settings',
  'image',
  'text',
  'model',
  'other',
];

export function kindOf(name: string | undefined): ContentKind | null {
  return kinds.find((kind) => kind === name) ?? null;
}
