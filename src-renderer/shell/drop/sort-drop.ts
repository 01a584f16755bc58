import { isBundlePath, isModelPath, possibleModelExtensions } from '../../client/index.ts';

/** What lies on the window, as much as a page can tell. */
export interface Dropped {
  readonly name: string;
  readonly folder: boolean;
}

export type DropWish =
  | { readonly kind: 'folder' }
  | { readonly kind: 'bundle' }
  /** One to look into, or two to compare. */
  | { readonly kind: 'models' }
  | { readonly kind: 'refused'; readonly why: 'nothing' | 'several' | 'unknown' };

/** What somebody wants who drops these on the window. */
export function sortDrop(items: readonly Dropped[]): DropWish {
  const [first] = items;
  if (first === undefined) return { kind: 'refused', why: 'nothing' };
  const allModels = items.every(({ name, folder }) => !folder && mayBeModel(name));
  if (allModels && items.length <= 2) return { kind: 'models' };
  if (items.length > 1) return { kind: 'refused', why: 'several' };
  if (first.folder) return { kind: 'folder' };
  if (isBundlePath(first.name)) return { kind: 'bundle' };
  return { kind: 'refused', why: 'unknown' };
}

/** Readers go by what is in a file; a name only says whether to ask them. */
function mayBeModel(name: string): boolean {
  const lower = name.toLowerCase();
  return isModelPath(name) || possibleModelExtensions.some((end) => lower.endsWith(`.${end}`));
}
