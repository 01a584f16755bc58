import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { flattenParams, parseParams } from '../../../src-main/pipelines/index.ts';
import { readParamsFile } from '../../../src-main/runners/command-params.ts';

const text = `
train:
  lr: 1.0e-3
  class_weights: [1.0, 2.5, {deep: 3}]
  resume: null
  优化器: adam
`;

function folder(params: string): string {
  const root = mkdtempSync(join(tmpdir(), 'cairn-params-'));
  writeFileSync(join(root, 'params.yaml'), params);
  return root;
}

it('says of params.yaml what a stage says of it, lists and all', () => {
  const read = readParamsFile(folder(text));
  expect(read).toContainEqual({
    file: 'params.yaml',
    key: 'train.class_weights',
    value: '[1.0, 2.5, {"deep": 3}]',
  });
  expect(read.map(({ key, value }) => ({ key, value }))).toEqual(
    flattenParams(parseParams(text, 'params.yaml').values),
  );
});

it.each(['- a list\n', 'a: [1', ''])('finds none in %j', (broken) => {
  expect(readParamsFile(folder(broken))).toEqual([]);
});
