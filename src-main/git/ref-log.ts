/** The log of a ref: what it was before, and why. Source: git-reflog(1), gitrepository-layout(5). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unlessMissing } from './files.ts';
import type { Layout } from './layout.ts';

export interface RefLogEntry {
  /** What the ref became. */
  readonly oid: string;
  /** Epoch ms. */
  readonly at: number;
  readonly message: string;
}

/** The oldest first; empty when there is no log. A line that is none is passed over. */
export function readRefLog(layout: Layout, name: string): RefLogEntry[] {
  const file = join(layout.commonDir, 'logs', ...name.split('/'));
  const text = unlessMissing(() => readFileSync(file, 'utf8')) ?? '';
  return text.split('\n').flatMap((line) => {
    const match = /^[0-9a-f]{40} ([0-9a-f]{40}) .*?> (\d+) [+-]\d{4}\t(.*)$/.exec(line);
    if (match === null) return [];
    return [{ oid: match[1] as string, at: Number(match[2]) * 1000, message: match[3] as string }];
  });
}
