import { expect, it } from 'vitest';
import { findRenames } from '../../../src-main/git/renames.ts';
import type { TreeChange } from '../../../src-main/git/types.ts';

const blobs = new Map<string, Buffer>();

function change(kind: 'added' | 'removed', path: string, text: string): TreeChange {
  const oid = `oid of ${text}`;
  blobs.set(oid, Buffer.from(text));
  const [old, now] = kind === 'added' ? [null, oid] : [oid, null];
  const mode = (side: string | null) => (side === null ? null : '100644');
  return {
    path,
    from: null,
    change: kind,
    oldOid: old,
    newOid: now,
    oldMode: mode(old),
    newMode: mode(now),
  };
}

function renames(changes: readonly TreeChange[]): string[] {
  return findRenames(changes, (oid) => blobs.get(oid) ?? null).map((found) =>
    found.from === null ? `${found.change} ${found.path}` : `${found.from} → ${found.path}`,
  );
}

const lines = (count: number, tag: string) =>
  Array.from({ length: count }, (_, line) => `${tag} ${line}\n`).join('');

it('pairs equal content, the same name first', () => {
  expect(
    renames([
      change('removed', 'old/other.py', 'same'),
      change('removed', 'old/a.py', 'same'),
      change('added', 'new/a.py', 'same'),
    ]),
  ).toEqual(['old/a.py → new/a.py', 'removed old/other.py']);
});

it('pairs what is alike by a half, the most alike first', () => {
  expect(
    renames([
      change('removed', 'a', lines(40, 'x')),
      change('added', 'half', lines(20, 'x') + lines(15, 'y')),
      change('added', 'most', lines(36, 'x')),
    ]),
  ).toEqual(['added half', 'a → most']);
  expect(
    renames([
      change('removed', 'a', lines(40, 'x')),
      change('added', 'b', lines(10, 'x') + lines(30, 'y')),
    ]),
  ).toEqual(['removed a', 'added b']);
});

it('leaves links, submodules and empty files alone', () => {
  const link = { ...change('removed', 'a', 'target'), oldMode: '120000' as const };
  expect(renames([link, change('added', 'b', 'target')])).toEqual(['removed a', 'added b']);
});
