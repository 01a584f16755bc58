import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTensorFile } from '../../../../src-main/formats/tensors.ts';
import {
  expectedOf,
  expectRefusedWhenCut,
  expectTensors,
  survivesDamage,
} from '../../../support/tensor-fixtures.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/models/sklearn');
const versions = ['1.2', '1.9'];
/** Compressed in a way that is not read. */
const unread = 'pipeline-xz.joblib';
let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'cairn-sklearn-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

const open = (version: string, name: string) => openTensorFile(join(fixtures, version, name));

describe.each(versions)('pickles of scikit-learn %s', (version) => {
  const expected = expectedOf(join(fixtures, version));
  const files = Object.keys(expected).filter((name) => name !== unread);

  it.each(files)('%s has the arrays that Python sees, bit by bit', async (name) => {
    const file = await open(version, name);
    await expectTensors(file, expected[name]!);
    expect({ badge: file.badge, findings: file.findings, notes: file.notes }).toEqual({
      badge: 'code-capable',
      findings: [],
      notes: [],
    });
  });

  it('has every file checked', () => {
    const found = readdirSync(join(fixtures, version)).filter((name) => !name.endsWith('.json'));
    expect(found.toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  it('calls arrays by the attributes that lead to them, and tells the parameters', async () => {
    for (const name of ['pipeline.joblib', 'pipeline-4.pkl']) {
      const { tensors, metadata } = await open(version, name);
      expect(tensors.map((one) => one.name)).toEqual(
        expect.arrayContaining(['steps.0.1.mean_', 'steps.1.1.coef_']),
      );
      expect(metadata.get('class')).toBe('sklearn.pipeline.Pipeline');
      expect(metadata.get('steps.1.1.C')).toBe('0.5');
      expect(metadata.get('steps.0.1')).toBe('sklearn.preprocessing._data.StandardScaler');
    }
    const forest = await open(version, 'forest.joblib');
    expect(forest.tensors.map((one) => one.name)).toEqual(
      expect.arrayContaining(['estimators_.2.tree_.nodes.threshold', 'estimators_.2.tree_.values']),
    );
  });

  it('knows who wrote a file', async () => {
    expect((await open(version, 'pipeline.joblib')).format).toBe('joblib');
    expect((await open(version, 'pipeline-4.pkl')).format).toBe('sklearn');
    expect((await open(version, 'odd-4.pkl')).format).toBe('pickle');
  });

  it('says which compression is not read', async () => {
    await expect(open(version, unread)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('xz'),
    });
  });

  it.each(['odd.joblib', 'odd-0.pkl', 'odd-5.pkl', 'forest-zlib.joblib', 'pipeline-gzip.joblib'])(
    '%s never fails otherwise than with a sentence, however it is damaged',
    async (name) => {
      const path = join(scratch, name.endsWith('pkl') ? 'damaged.pkl' : 'damaged.joblib');
      await survivesDamage(join(fixtures, version, name), path, 40);
    },
  );
});

it.each(['pipeline-0.pkl', 'pipeline-5.pkl', 'array.joblib', 'pipeline-gzip.joblib'])(
  '%s is refused wherever it is cut',
  async (name) => {
    await expectRefusedWhenCut(join(fixtures, '1.9', name), join(scratch, name));
  },
);
