import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAnyYaml } from '../../../src-main/formats/yaml.ts';
import { parsePlainYaml } from '../../../src-main/formats/yaml-plain.ts';

/** What the whole parser makes of a text, errors included. */
function whole(text: string): unknown {
  try {
    return parseAnyYaml(text, 'x.yaml').value ?? null;
  } catch (error) {
    return { refused: String(error) };
  }
}

const pieces = [
  ...['a', 'b: ', 'k: v', ': ', '- ', '-', ' ', '  ', '\n', '\n  ', '\n    ', '\n- ', '\n  - '],
  ...['#', ' # x', "'", '"', "''", '\\', '\\n', '1', '1.0', '1e-3', '.5', 'true', 'null', '~'],
  ...['[', ']', '[a, 1]', '{}', '{', ',', 'x y', '\nk: v', '\n  k2: v2', '&a', '*a', '!t', '|'],
  ...['? ', '%', '@', 'é', '2020-01-01', '0x1f', '017', '\n\n', 'http://x', "'q: r'", '"d e"'],
  ...['\u00a0', '\u3000', '"\\N"', '"\\u00e9"', '10: x', "'2': y"],
  ...['---', '...', '<<: ', `\${x}`, '\n#c', '\r\n', '=', '"a\\', '\n   word', ': [', '- - '],
];

describe('plain YAML', () => {
  it('is what the whole parser reads, or is left to it', () => {
    let read = 0;
    const text = fc
      .tuple(
        fc.constantFrom('', 'k: v\n', 'a:\n', '- a\n', 'a:\n  b: ', 'k:\n- '),
        fc.array(fc.constantFrom(...pieces), { maxLength: 9 }),
      )
      .map(([start, rest]) => start + rest.join(''));
    fc.assert(
      fc.property(text, (source) => {
        const plain = parsePlainYaml(source);
        if (plain === null) return;
        read++;
        expect(plain.value ?? null).toEqual(whole(source));
      }),
      { numRuns: 5000 },
    );
    expect(read).toBeGreaterThan(300);
  });

  it.each([
    [
      'a dvc.lock',
      "schema: '2.0'\nstages:\n  a:\n    cmd: x\n    deps:\n    - path: y\n      md5: z\n",
    ],
    ['a folded command', 'cmd: python a.py --one 1\n  --two 2\nnext: 1\n'],
    ['a folded quoted text', "cmd: 'python: a.py\n  --two 2'\nnext: 1\n"],
    ['comments', '# one\na: 1 # two\n\nb:\n  # three\n  - x # four\n  - y\n'],
    ['nested lists of maps', 'a:\n- b: 1\n  c: [x, "y z", 2]\n- d: {}\n'],
    ['nothing', '\n# only this\n'],
  ])('reads %s itself', (_name, text) => {
    expect(parsePlainYaml(text)?.value ?? null).toEqual(whole(text));
    expect(parsePlainYaml(text)).not.toBeNull();
  });

  it.each([
    ['an anchor', 'a: &x 1\nb: *x\n'],
    ['a block text', 'a: |\n  b\n'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['a tab', 'a:\n\tb: 1\n'],
    ['an open quote', 'a: "b\n'],
    ['a merge', '<<: {a: 1}\n'],
  ])('leaves %s to the whole parser', (_name, text) => {
    expect(parsePlainYaml(text)).toBeNull();
  });
});
