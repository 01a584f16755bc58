import { appendFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createDeclared,
  declareSource,
  undeclareSource,
} from '../../../src-main/importers/index.ts';
import { Store } from '../../../src-main/store/index.ts';
import { Gathering } from '../../support/importer.ts';
import { tempFolder } from '../../support/temp.ts';

function declared(path: string, names: { name?: string; experiment?: string } = {}) {
  const root = tempFolder();
  const store = Store.open(join(tempFolder(), 'store.db'));
  onTestFinished(() => store.close());
  declareSource(store, { path, name: '', experiment: '', ...names });
  const file = join(root, path);
  const importer = createDeclared({ store });
  const gathering = new Gathering();
  return {
    root,
    store,
    file,
    gathering,
    read: () => gathering.read(importer, root),
    /** As if nobody had written to it for a while. */
    settle: () => utimesSync(file, 1_700_000_000, 1_700_000_000),
    steps: (key: string) =>
      gathering.runs.get(path)?.series[key]?.map(([step, , value]) => [step, value]),
  };
}

describe('a declared file', () => {
  it('is a run with the names it was given', async () => {
    const { file, read, gathering, steps } = declared('m.jsonl', { name: 'mine', experiment: 'e' });
    writeFileSync(
      file,
      '{"step": 3, "loss": 0.5, "val": {"acc": 0.25}}\n{"step": 4, "loss": NaN}\n',
    );
    expect(await read()).toEqual(['m.jsonl']);
    expect(gathering.runs.get('m.jsonl')).toMatchObject({ name: 'mine', experiment: 'e' });
    expect(steps('loss')).toEqual([
      [3, 0.5],
      [4, Number.NaN],
    ]);
    expect(steps('val/acc')).toEqual([[3, 0.25]]);
    await read();
    expect(gathering.handedOver).toBe(0);
  });

  it('is read on while it grows, and never half a line', async () => {
    const { file, read, steps, settle } = declared('m.csv');
    writeFileSync(file, 'epoch,loss\n0,0.5\n1,0.1');
    await read();
    expect(steps('loss')).toEqual([[0, 0.5]]);
    appendFileSync(file, '25\n2,0.0625');
    await read();
    expect(steps('loss')).toEqual([
      [0, 0.5],
      [1, 0.125],
    ]);
    settle();
    await read();
    expect(steps('loss')?.at(-1)).toEqual([2, 0.0625]);
  });

  it('counts rows where there is no step, across readings', async () => {
    const { file, read, steps } = declared('m.jsonl');
    writeFileSync(file, '{"loss": 1}\n');
    await read();
    appendFileSync(file, '{"loss": 2}\n');
    await read();
    expect(steps('loss')).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  it('begins anew when it is written anew', async () => {
    const { file, read, steps } = declared('m.jsonl');
    writeFileSync(file, '{"step": 0, "loss": 1}\n{"step": 1, "loss": 2}\n');
    await read();
    writeFileSync(file, '{"step": 0, "loss": 7}\n{"step": 1, "loss": 8}\n{"step": 2, "loss": 9}\n');
    await read();
    expect(steps('loss')).toEqual([
      [0, 7],
      [1, 8],
      [2, 9],
    ]);
    truncateSync(file, 23);
    await read();
    expect(steps('loss')).toEqual([[0, 7]]);
  });

  it('may have lines longer than what is read at once', async () => {
    const { file, read, steps, gathering } = declared('m.jsonl');
    writeFileSync(
      file,
      `{"step": 0, "loss": 1}\n{"note": "${'x'.repeat(9 << 20)}"}\n{"step": 2, "loss": 3}\n`,
    );
    await read();
    expect(steps('loss')).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(gathering.skipped.get('m.jsonl')).toMatch(/longer than 4 MB/);
  });

  it('gives the same points whatever the pieces it comes in', async () => {
    const rows = Array.from({ length: 40 }, (_, step) => `{"step":${step},"äöü 十":${step / 7}}\n`);
    const whole = Buffer.from(rows.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(whole.length), { maxLength: 5 }), async (cuts) => {
        const { file, read, steps } = declared('m.jsonl');
        let from = 0;
        writeFileSync(file, '');
        for (const to of [...cuts.sort((a, b) => a - b), whole.length]) {
          appendFileSync(file, whole.subarray(from, to));
          from = to;
          await read();
        }
        expect(steps('äöü 十')).toEqual(rows.map((_, step) => [step, step / 7]));
      }),
      { numRuns: 15 },
    );
  });

  it('may hold anything', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('m.csv', 'm.tsv', 'm.jsonl'),
        fc.oneof(fc.uint8Array(), fc.string().map(Buffer.from), fc.json().map(Buffer.from)),
        async (path, bytes) => {
          const { file, read, settle } = declared(path);
          writeFileSync(file, bytes);
          settle();
          await read();
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is a source no longer when that is taken back, or it is gone', async () => {
    const { store, read } = declared('m.jsonl');
    expect(await read()).toEqual([]);
    expect(undeclareSource(store, 'other.jsonl')).toBe(false);
    expect(undeclareSource(store, 'm.jsonl')).toBe(true);
    expect(() => declareSource(store, { path: 'model.bin', name: '', experiment: '' })).toThrow(
      /cannot be a source of metrics/,
    );
  });
});
