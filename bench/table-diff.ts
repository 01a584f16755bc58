/**
 * Comparing two tables of a million rows and six columns, as CSV and as Parquet: everything that the
 * window asks for (rows by key, columns, drift). Processor time: other work on the machine counts less.
 *
 *     node bench/table-diff.ts [ROWS]
 */
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteFile } from 'hyparquet-writer';
import { diffTables, openCsv, openParquet } from '../src-main/diffing/index.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const rounds = 3;
const words = ['cat', 'dog', '"bird, big"', 'fox'];
const folder = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
try {
  const csv = [await writeCsv('a.csv', false), await writeCsv('b.csv', true)] as const;
  const parquet = [writeParquet('a.parquet', false), writeParquet('b.parquet', true)] as const;
  await measure('CSV', csv, openCsv);
  await measure('Parquet', parquet, openParquet);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The same rows every time; in `changed` every fiftieth has another value. */
function* made(changed: boolean): Generator<[number, string, number, number, string, number]> {
  let state = 1;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let index = 0; index < rows; index++) {
    const x = random() * 100 + (changed && index % 50 === 0 ? 1 : 0);
    const word = words[index % words.length] as string;
    yield [index, `item-${(index * 7919) % 1_000_003}`, x, random(), word, random() - 0.5];
  }
}

async function writeCsv(name: string, changed: boolean): Promise<string> {
  const path = join(folder, name);
  const file = createWriteStream(path);
  let text = 'id,name,x,y,label,z\n';
  for (const row of made(changed)) {
    text += `${row.join(',')}\n`;
    if (text.length < 1 << 20) continue;
    if (!file.write(text)) await once(file, 'drain');
    text = '';
  }
  file.end(text);
  await once(file, 'finish');
  return path;
}

function writeParquet(name: string, changed: boolean): string {
  const filename = join(folder, name);
  const all = [...made(changed)];
  const column = <Index extends 0 | 1 | 2 | 3 | 4 | 5>(index: Index) =>
    all.map((row) => row[index]);
  parquetWriteFile({
    filename,
    columnData: [
      { name: 'id', data: column(0), type: 'INT32' },
      { name: 'name', data: column(1), type: 'STRING' },
      { name: 'x', data: column(2), type: 'DOUBLE' },
      { name: 'y', data: column(3), type: 'DOUBLE' },
      { name: 'label', data: column(4), type: 'STRING' },
      { name: 'z', data: column(5), type: 'DOUBLE' },
    ],
    rowGroupSize: 200_000,
  });
  return filename;
}

async function measure(
  what: string,
  [a, b]: readonly [string, string],
  open: typeof openCsv | typeof openParquet,
): Promise<void> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    await using left = await open(a, what);
    await using right = await open(b, what);
    const diff = await diffTables(left, right, { key: null, only: null, limit: 500 }, {});
    const { user, system } = process.cpuUsage(before);
    took.push((user + system) / 1e6);
    if (diff.rows.modified !== Math.ceil(rows / 50)) throw new Error('Changed rows were missed.');
  }
  const best = Math.min(...took);
  process.stdout.write(
    `${what}, ${rows} rows: ${best.toFixed(1)} s of processor time\n  aim 10 s: ${best <= 10 ? 'met' : 'missed'}\n`,
  );
}
