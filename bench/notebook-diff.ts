/**
 * Comparing two notebooks of 20 MB against nbdime.
 *
 *     node bench/notebook-diff.ts [--megabytes 20] [--python DIRECTORY/bin/python]
 *
 * Makes two notebooks of code cells with text and image outputs, the second with a tenth of the
 * sources and images changed, a cell moved, one taken away and one added, and every execution count
 * another; once with the ids of nbformat 4.5 and once without. Measures what the window asks for
 * (both files read, parsed, aligned and compared) and `nbdiff --out` of the Python that is named,
 * where nbdime is installed (`pip install nbdime`).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decodeBytes, diffNotebooks, readNotebookFile } from '../src-main/diffing/index.ts';

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '20' },
    python: { type: 'string' },
  },
});
const imageBytes = 75_000;
const rounds = 5;
const cells = Math.round((Number(values.megabytes) * 1e6) / (imageBytes * (4 / 3) * 0.5 + 1500));

interface Cell {
  id?: string;
  readonly cell_type: 'code';
  readonly metadata: object;
  execution_count: number;
  source: string;
  readonly outputs: { data?: Record<string, string>; [key: string]: unknown }[];
}

let state = 7;
function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

function image(): string {
  return Buffer.from(Array.from({ length: imageBytes }, () => random() * 256)).toString('base64');
}

function cell(index: number): Cell {
  const lines = Array.from(
    { length: 3 + Math.floor(random() * 20) },
    (_, line) => `x${index}_${line} = compute(${random().toFixed(4)}, name="v${index}")`,
  );
  const shown = { output_type: 'display_data', metadata: {}, data: { 'image/png': '' } };
  const printed = { output_type: 'stream', name: 'stdout', text: 'epoch 1\n'.repeat(20) };
  const outputs: Cell['outputs'] = index % 2 === 0 ? [printed, shown] : [printed];
  if (index % 2 === 0) shown.data['image/png'] = image();
  const id = `cell-${index}`;
  return {
    cell_type: 'code',
    id,
    metadata: {},
    execution_count: 1,
    source: lines.join('\n'),
    outputs,
  };
}

function notebook(all: readonly Cell[]): string {
  const metadata = { kernelspec: { name: 'python3', display_name: 'Python 3' } };
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: all });
}

function changed(before: readonly Cell[]): Cell[] {
  const after = structuredClone(before) as Cell[];
  for (const [index, one] of after.entries()) {
    one.execution_count = index + 1000;
    if (index % 10 === 3) one.source += '\nprint("changed")';
    const data = one.outputs.at(-1)?.data;
    if (data !== undefined && index % 20 === 4) data['image/png'] = image();
  }
  const [moved] = after.splice(10, 1) as [Cell];
  after.splice(Math.floor(after.length / 2), 0, moved);
  after.splice(50, 1);
  after.push(cell(before.length));
  return after;
}

async function compare(left: string, right: string): Promise<number> {
  const started = performance.now();
  const [a, b] = [left, right].map((path) => {
    const text = decodeBytes(readFileSync(path))?.text ?? '';
    return readNotebookFile(text, path);
  });
  if (a === undefined || b === undefined) throw new Error('no notebooks');
  const { totals } = await diffNotebooks(a, b, async () => {});
  if (totals.moved !== 1) throw new Error(`${totals.moved} cells moved, not 1`);
  return performance.now() - started;
}

function nbdime(python: string, left: string, right: string): number | null {
  const started = performance.now();
  const args = ['-m', 'nbdime', 'diff', '--out', join(folder, 'nbdime.json'), left, right];
  const { status, stderr } = spawnSync(python, args, { timeout: 600_000, encoding: 'utf8' });
  if (status === 0) return performance.now() - started;
  console.log(`nbdime ended with ${status}: ${stderr?.trim().split('\n').at(-1)}`);
  return null;
}

const folder = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
try {
  const before = Array.from({ length: cells }, (_, index) => cell(index));
  const after = changed(before);
  for (const ids of [true, false]) {
    if (!ids) for (const one of [...before, ...after]) delete one.id;
    const [left, right] = [join(folder, 'a.ipynb'), join(folder, 'b.ipynb')];
    writeFileSync(left, notebook(before));
    writeFileSync(right, notebook(after));
    const megabytes = (readFileSync(left).length / 1e6).toFixed(1);
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) times.push(await compare(left, right));
    const best = Math.min(...times);
    const first = times[0] ?? 0;
    console.log(
      `${megabytes} MB, ${cells} cells, ${ids ? 'with' : 'without'} ids: ${first.toFixed(0)} ms the first time, ${best.toFixed(0)} ms at best`,
    );
    const peer = values.python === undefined ? null : nbdime(values.python, left, right);
    if (peer !== null) {
      console.log(`nbdime: ${(peer / 1000).toFixed(1)} s, ${(peer / first).toFixed(0)}× as long`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
