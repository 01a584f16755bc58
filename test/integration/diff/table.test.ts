/** Tables in files: CSV of every make, Parquet, broken ones, and ones that are bombs. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { beforeEach, describe, expect, it } from 'vitest';
import { contentHandlers } from '../../../src-main/api/diff/content/index.ts';
import type { ContentSource } from '../../../src-main/contract/diff-content.ts';
import { type Input, operations } from '../../../src-main/contract/index.ts';
import { tempFolder } from '../../support/temp.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});

function file(name: string, content: string | Uint8Array): ContentSource {
  const path = join(folder, name);
  writeFileSync(path, content);
  return { kind: 'file', path };
}

const handlers = contentHandlers({
  session: () => {
    throw new Error('No folder is open.');
  },
  current: () => null,
});

async function diff(
  left: ContentSource,
  right: ContentSource,
  options: Partial<Input<'diff.table'>> = {},
) {
  const input = operations['diff.table'].input.parse({ left, right, ...options });
  const answer = await handlers['diff.table'](input, {
    signal: new AbortController().signal,
    emit: async () => {},
  });
  return operations['diff.table'].output.parse(answer);
}

const csv = 'id,name,score\n1,Ada,0.5\n2,Grace,0.7\n3,Alan,\n';

describe('CSV', () => {
  it('by the guessed key: rows added, removed and changed, with their cells', async () => {
    const found = await diff(
      file('a.csv', csv),
      file('b.csv', 'id,name,score\r\n3,Alan,0.9\r\n1,Ada,0.50\r\n4,"Edsger, W.",1\r\n'),
    );
    expect(found).toMatchObject({ key: ['id'], keyGuessed: true });
    expect(found.rows).toEqual({ left: 3, right: 3, added: 1, removed: 1, modified: 1, same: 1 });
    expect(found.shown).toEqual([
      {
        ...{ change: 'modified', leftRow: 3, rightRow: 1, changed: [1] },
        ...{ left: ['3', null, 'Alan'], right: ['3', '0.9', 'Alan'] },
      },
      expect.objectContaining({ change: 'removed', left: ['2', '0.7', 'Grace'] }),
      expect.objectContaining({ change: 'added', right: ['4', '1', 'Edsger, W.'] }),
    ]);
    expect((await diff(file('a.csv', csv), file('c.csv', csv), { key: [] })).rows.same).toBe(3);
  });

  it('of other makes: semicolons, tabs, UTF-16, gzip, a mark of order, no head', async () => {
    const base = file('a.csv', csv);
    for (const other of [
      file('b.csv', csv.replaceAll(',', ';')),
      file('b.tsv', csv.replaceAll(',', '\t')),
      file('b16.csv', Buffer.from(`\ufeff${csv}`, 'utf16le')),
      file('b.csv.gz', gzipSync(csv)),
      file('bom.csv', `\ufeff${csv}`),
      file('quoted.csv', csv.replaceAll(/[^,\n]+/g, '"$&"')),
    ]) {
      expect((await diff(base, other)).rows).toMatchObject({ same: 3, added: 0, removed: 0 });
    }
    const numbers = await diff(file('n.csv', '1,2\n3,4\n'), file('m.csv', '1,2\n3,5\n'), {
      key: [],
    });
    expect(numbers.columns.map((one) => one.name)).toEqual(['column 1', 'column 2']);
    expect(numbers.rows).toMatchObject({ same: 1, modified: 1 });
  });

  it('only rows of one change when asked, and no more than the limit, all counted', async () => {
    const lines = (from: number, to: number) =>
      `id\n${Array.from({ length: to - from }, (_, index) => index + from).join('\n')}`;
    const pair = [file('a.csv', lines(0, 100)), file('b.csv', lines(50, 200))] as const;
    const found = await diff(...pair, { only: 'added', limit: 7 });
    expect(found.rows).toMatchObject({ added: 100, removed: 50, same: 50 });
    expect(found.shown.map((row) => row.change)).toEqual(Array(7).fill('added'));
  });

  it('that is hostile is refused in a sentence', async () => {
    const good = file('a.csv', csv);
    const bomb = file('bomb.csv.gz', gzipSync(Buffer.alloc(300_000_000, 'a,b\n')));
    await expect(diff(good, bomb)).rejects.toMatchObject({ code: 'unsupported' });
    const torn = file('torn.csv.gz', gzipSync(csv.repeat(9)).subarray(0, 40));
    await expect(diff(good, torn)).rejects.toMatchObject({
      code: expect.stringMatching(/corrupt|unsupported/),
    });
    await expect(diff(good, file('open.csv', 'a,"b\n1,2'))).rejects.toMatchObject({
      code: 'corrupt',
    });
    await expect(diff(good, file('empty.csv', ''))).rejects.toMatchObject({ code: 'unsupported' });
    await expect(diff(good, file('nul.csv', 'a\0b'))).rejects.toMatchObject({
      code: 'unsupported',
    });
  });

  it('with names like those of objects is an ordinary table', async () => {
    const odd = '__proto__,constructor\n1,2\n';
    const found = await diff(file('a.csv', odd), file('b.csv', odd.replace('2', '3')), {
      key: ['__proto__'],
    });
    expect(found.shown[0]).toMatchObject({ left: ['1', '2'], right: ['1', '3'] });
  });
});

describe('Parquet', () => {
  const parquet = (scores: number[], codec: 'SNAPPY' | 'UNCOMPRESSED' = 'SNAPPY') =>
    new Uint8Array(
      parquetWriteBuffer({
        codec,
        rowGroupSize: 2,
        columnData: [
          { name: 'id', data: scores.map((_, index) => BigInt(index)), type: 'INT64' },
          { name: 'name', data: scores.map((_, index) => `row ${index}`), type: 'STRING' },
          { name: 'score', data: scores, type: 'DOUBLE' },
        ],
      }),
    );

  it('is compared over its groups, and with a CSV of the same rows', async () => {
    const a = file('a.parquet', parquet([0.5, 0.25, 1, 2, 3]));
    const b = file('b.parquet', parquet([0.5, 0.25, 1, 2.5, 3, 4], 'UNCOMPRESSED'));
    const found = await diff(a, b);
    expect(found.rows).toMatchObject({ added: 1, removed: 0, modified: 1, same: 4 });
    expect(found.shown[0]).toMatchObject({ change: 'modified', changed: [1], leftRow: 4 });
    const text = 'id,name,score\n0,row 0,0.5\n1,row 1,0.25\n2,row 2,1.0\n3,row 3,2\n4,row 4,3\n';
    expect((await diff(a, file('c.csv', text))).rows).toMatchObject({ same: 5, modified: 0 });
  });

  it('that is cut short or lies about its length is refused', async () => {
    const whole = parquet([1, 2, 3]);
    const good = file('a.parquet', whole);
    const lying = Buffer.from(whole);
    lying.writeUInt32LE(0x7fffffff, lying.length - 8);
    for (const [name, bytes] of Object.entries({
      'cut.parquet': whole.subarray(0, whole.length - 9),
      'head.parquet': whole.subarray(0, 40),
      'lying.parquet': lying,
      'magic.parquet': Buffer.from('PAR1'),
    })) {
      await expect(diff(good, file(name, bytes)), name).rejects.toMatchObject({ code: 'corrupt' });
    }
  });

  it('damaged anywhere ends in a sentence or in an answer, never otherwise', async () => {
    const whole = parquet([1, 2, 3, 4]);
    const good = file('a.parquet', whole);
    for (let at = 4; at < whole.length - 4; at += 7) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] as number) ^ 0xff;
      await diff(good, file('b.parquet', bytes)).catch((error: unknown) => {
        expect(error, `byte ${at}`).toMatchObject({
          code: expect.stringMatching(/corrupt|unsupported/),
        });
      });
    }
  });
});
