/** What a renumbering does to files, in a form that can be checked, done, undone and written down. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { applySpans, invertSpans } from './references.ts';

export const change = z.object({
  renames: z.array(z.object({ from: z.string(), to: z.string() })),
  edits: z.array(
    z.object({
      /** Before the renames. */
      path: z.string(),
      /** SHA-256 of the content that the spans belong to. */
      hash: z.string(),
      /** In UTF-16 units of the text. */
      spans: z.array(z.object({ from: z.number(), to: z.number(), text: z.string() })),
    }),
  ),
});
export type Change = z.infer<typeof change>;

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The workspace path of a file after the renames. */
export function pathAfter(path: string, renames: Change['renames']): string {
  return renames.find((one) => one.from === path)?.to ?? path;
}

/**
 * What takes a change back.
 * @param texts content of the edited files before it, by path
 */
export function invertChange(done: Change, texts: ReadonlyMap<string, string>): Change {
  return {
    renames: done.renames.map(({ from, to }) => ({ from: to, to: from })),
    edits: done.edits.map(({ path, spans }) => {
      const text = texts.get(path) ?? '';
      return {
        path: pathAfter(path, done.renames),
        hash: hashOf(Buffer.from(applySpans(text, spans), 'utf8')),
        spans: invertSpans(text, spans),
      };
    }),
  };
}
