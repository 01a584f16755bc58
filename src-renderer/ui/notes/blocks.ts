/** Live blocks: fenced code of the language `cairn` in a note. Who shows them is told by the shell. */
import { type ComponentType, createContext } from 'react';

/** Shows what a block asks for: `chart loss status = 'FINISHED'`. */
export type NoteBlock = ComponentType<{ readonly source: string }>;

/** Null shows the source, as everywhere outside of a window with a folder. */
export const NoteBlockContext = createContext<NoteBlock | null>(null);

/** What stands after `cairn` in the fence's first line, and in the lines below. */
export function blockSource(meta: string | null | undefined, body: string): string {
  return [meta ?? '', body]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n');
}
