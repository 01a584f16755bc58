import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CairnError } from '../../../src-main/base/errors.ts';
import { diffValues, listChanges, readSettings } from '../../../src-main/diffing/settings/index.ts';
import { diffTrees, type Patch } from '../../../src-main/diffing/settings/patch.ts';
import { isMap, type Tree, toTree } from '../../../src-main/diffing/settings/tree.ts';

/** What a patch makes of the left side. */
function apply(left: Tree, patch: Patch): Tree {
  switch (patch.kind) {
    case 'same':
      return left;
    case 'replace':
      return patch.right;
    case 'map': {
      const map = new Map(isMap(left) ? left : []);
      for (const key of patch.removed.keys()) map.delete(key);
      for (const [key, below] of patch.changed) map.set(key, apply(map.get(key) as Tree, below));
      for (const [key, value] of patch.added) map.set(key, value);
      return map;
    }
    case 'list':
      return patch.items.map((item) =>
        'added' in item ? item.added : apply(patch.left[item.from] as Tree, item.patch),
      );
  }
}

/** Without the order of keys, which means nothing. */
function plain(tree: Tree): unknown {
  if (isMap(tree)) {
    return Object.fromEntries(
      [...tree].map(([key, value]) => [`k${key}`, plain(value)] as const).sort(),
    );
  }
  return Array.isArray(tree) ? tree.map(plain) : tree;
}

const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom(null, true, 0, 1, 2.5, 'a', 'b', '', '__proto__'),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'name', 'id', '__proto__', 'x.y'), tie('value'), {
      maxKeys: 4,
    }),
  ),
})).value;

test('the patch of any two values makes the right one of the left one', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [left, right] = [toTree(a), toTree(b)];
      expect(plain(apply(left, diffTrees(left, right)))).toEqual(plain(right));
    }),
    { numRuns: 400 },
  );
});

test('a value has no change against itself, and only equal values have none', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(diffValues(a, structuredClone(a))).toEqual([]);
      const equal = JSON.stringify(plain(toTree(a))) === JSON.stringify(plain(toTree(b)));
      expect(diffValues(a, b).length === 0).toBe(equal);
    }),
  );
});

describe('changes', () => {
  test('name the key and both values; order and comments count for nothing', () => {
    const left = readSettings('b: 1\na:\n  lr: 0.1 # slow\n  deep: [1, 2, 3]\n', 'p.yaml');
    const right = readSettings('a:\n  deep: [1, 5, 3]\n  lr: 0.10\nb: 1\nc: {d: x}\n', 'p.yaml');
    expect(listChanges(diffTrees(left, right))).toEqual([
      { path: 'a.deep[1]', change: 'modified', left: '2', right: '5', from: null },
      { path: 'c', change: 'added', left: null, right: '{d: "x"}', from: null },
    ]);
  });

  test('find items of a list by their name, and say that they moved', () => {
    const changes = diffValues(
      {
        layers: [
          { name: 'in', units: 4 },
          { name: 'mid', units: 8 },
          { name: 'out', units: 2 },
        ],
      },
      {
        layers: [
          { name: 'out', units: 2 },
          { name: 'in', units: 4 },
          { name: 'mid', units: 9 },
        ],
      },
    );
    expect(changes).toEqual([
      expect.objectContaining({ path: 'layers[0]', change: 'moved', from: 'layers[2]' }),
      expect.objectContaining({ path: 'layers[2].units', left: '8', right: '9' }),
    ]);
  });

  test('write keys that could be misread in brackets', () => {
    expect(diffValues({ 'a.b': 1 }, { 'a.b': 2 })[0]?.path).toBe('["a.b"]');
  });

  test('tell whole numbers apart that a float cannot', () => {
    const [left, right] = ['{"seed": 9007199254740993}', '{"seed": 9007199254740992}'].map((text) =>
      readSettings(text, 'a.json'),
    ) as [Tree, Tree];
    expect(listChanges(diffTrees(left, right))).toHaveLength(1);
  });

  test('are the same for YAML, JSON and TOML', () => {
    const texts = { 'a.yaml': 'x: {y: 1}', 'a.json': '{"x": {"y": 1}}', 'a.toml': '[x]\ny = 1' };
    const trees = Object.entries(texts).map(([name, text]) => readSettings(text, name));
    for (const tree of trees) expect(diffTrees(trees[0] as Tree, tree)).toEqual({ kind: 'same' });
  });
});

describe('what is no settings', () => {
  test.each([
    ['a.json', '{"a": 1'],
    ['a.yaml', 'a: [1, 2'],
    ['a.toml', 'a = = 1'],
    ['bomb.yaml', bomb()],
    ['deep.json', `${'['.repeat(5000)}${']'.repeat(5000)}`],
  ])('%s is refused in a sentence', (name, text) => {
    expect(() => readSettings(text, name)).toThrow(CairnError);
  });
});

function bomb(): string {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 0; i < 12; i++) {
    const [from, name] = [String.fromCharCode(97 + i), String.fromCharCode(98 + i)];
    lines.push(`${name}: &${name} [${new Array(10).fill(`*${from}`).join(', ')}]`);
  }
  return lines.join('\n');
}
