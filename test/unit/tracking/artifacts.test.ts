import { sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { artifactFolder, listedParts, safeParts } from '../../../src-main/tracking/artifacts.ts';

describe('a path from outside', () => {
  it('is its parts', () => {
    expect(safeParts('model/MLmodel')).toEqual(['model', 'MLmodel']);
    expect(safeParts('./a//b/')).toEqual(['a', 'b']);
    expect(safeParts('')).toEqual([]);
    expect(safeParts('100%.txt', 'linux')).toEqual(['100%.txt']);
    expect(safeParts('a%20b', 'linux')).toEqual(['a%20b']);
  });

  it('never has a part that leads up or out, whatever it is made of', () => {
    const piece = fc.constantFrom(
      ...['..', '.', '/', '\\', '%2e', '%2f', '%5c', '%252e', ';', '#', ':', 'C:', 'a', ' ', '\0'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        let parts: string[];
        try {
          parts = safeParts(pieces.join(''));
        } catch {
          return;
        }
        for (const part of parts) {
          expect(part).not.toBe('..');
          expect(part).not.toBe('.');
          expect(part).not.toContain(sep);
          expect(part).not.toContain('\\');
          expect(part).not.toContain('\0');
        }
      }),
      { numRuns: 3000 },
    );
  });

  it.each(['con', 'NUL.txt', 'a:stream', 'dot.', 'space ', 'a?b', 'COM1'])(
    '%s is no file of Windows',
    (name) => {
      expect(() => safeParts(`x/${name}`, 'win32')).toThrow('Windows cannot store');
      expect(safeParts(`x/${name}`, 'linux')).toEqual(['x', name]);
    },
  );
});

describe('the artifacts of a run', () => {
  it('lie beside the store, or where the other tool put them, if that is in the workspace', () => {
    const of = (artifact_root: string | null) =>
      artifactFolder('/w/.cairn', '/w', { id: 'r', artifact_root });
    expect(of(null)).toMatchObject({ writable: true });
    expect(of('mlruns/0/r/artifacts')).toMatchObject({ writable: false });
    for (const elsewhere of ['../x', '/etc', 's3://bucket/r', 'file:///etc']) {
      expect(of(elsewhere)).toBeNull();
    }
  });
});

describe('a path that was listed', () => {
  it('may have any name that a file has', () => {
    for (const name of ['a#b', '%2e%2e%2f', 'back\\slash', 'new\nline', '..a', 'C:']) {
      expect(listedParts(`x/${name}`, 'linux')).toEqual(['x', name]);
    }
    expect(listedParts('x//./a#b%2f', 'win32')).toEqual(['x', 'a#b%2f']);
  });

  it('leads nowhere but down', () => {
    for (const path of ['../a', 'a/../../b', 'a\0', '..', '/etc/passwd']) {
      for (const platform of ['linux', 'win32'] as const) {
        expect(() => listedParts(path, platform)).toThrow('Invalid path');
      }
    }
    for (const path of ['..\\a', 'C:a', 'a:stream', '.. /a', '..././..']) {
      expect(() => listedParts(path, 'win32')).toThrow('Invalid path');
    }
  });
});
