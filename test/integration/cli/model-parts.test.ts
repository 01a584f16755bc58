/** What model files hold beside their tensors, on the command line. */
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { Cairn } from '../../support/cairn.ts';
import { tempFolder } from '../../support/temp.ts';

const fixtures = resolve(import.meta.dirname, '../../fixtures/models');

it('prints what differs in layers, graphs, trees and code, and has all of it as JSON', async () => {
  const folder = tempFolder();
  const cairn = new Cairn();
  const files = {
    'keras/old/functional.keras': 'old.keras',
    'keras/new/functional.keras': 'new.keras',
    'onnx/new/places.onnx': 'places.onnx',
    'onnx/new/types.onnx': 'types.onnx',
    'boosters/old/xgboost.ubj': 'old.ubj',
    'boosters/new/xgboost.json': 'new.xgb.json',
    'sklearn-trees/1.9/forest.pkl': 'forest.pkl',
    'sklearn-trees/1.9/forest-other.pkl': 'other.pkl',
    'pytorch/2.1/script.pt': 'old.pt',
    'pytorch/2.15/script.pt': 'new.pt',
  };
  for (const [from, to] of Object.entries(files)) cpSync(join(fixtures, from), join(folder, to));
  const [layers, graphs, trees, forests, code] = await Promise.all([
    cairn.run(folder, 'diff', 'old.keras', 'new.keras'),
    cairn.run(folder, 'diff', 'places.onnx', 'types.onnx'),
    cairn.run(folder, 'diff', 'old.ubj', 'new.xgb.json'),
    cairn.run(folder, 'diff', 'forest.pkl', 'other.pkl'),
    cairn.run(folder, 'diff', 'old.pt', 'new.pt', '--json'),
  ]);
  expect(layers.stdout).toContain('2 of 5 layers differ.');
  expect(layers.stdout).toMatch(/~ a InputLayer\n +optional: – → false/);
  expect(graphs.stdout).toMatch(/− choose If/);
  expect(graphs.stdout).toMatch(/nodes differ\./);
  expect(trees.stdout).toContain(
    '0 trees are identical, 2 have other values, 2 other splits, 0 are new, 0 are gone.',
  );
  expect(trees.stdout).toMatch(/importance of columns\n +column +gain +splits\n +age/);
  expect(forests.stdout).toContain('0 have other values, 4 other splits, 0 are new');
  expect(forests.stdout).toMatch(/column +importance +splits\n +age +0\.\d+ → 0\.\d+/);
  expect(forests.stdout).toContain('there is no overall change. What differs is told by the trees');
  const found = JSON.parse(code.stdout);
  expect(found.code.files.length).toBeGreaterThan(0);
  expect(found.code.files[0]).toMatchObject({ name: expect.stringMatching(/\.py$/) });
  expect(found).not.toHaveProperty('structure');
});
