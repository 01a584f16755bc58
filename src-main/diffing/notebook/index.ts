/**
 * Two notebooks cell by cell. Source, outputs by kind and metadata are compared apart; execution
 * counts and addresses in memory, which differ with every run, are not. Nothing is executed.
 */
import type { CellChange, CellOutput, NotebookBody } from '../../contract/diff-content.ts';
import { commonSubsequence, longestRising } from '../sequence.ts';
import { diffValues } from '../settings/index.ts';
import { alignCells } from './align.ts';
import { type Output, outputKey, viewOutput } from './outputs.ts';
import type { Cell, NotebookFile } from './read.ts';

export { type NotebookFile, readNotebookFile } from './read.ts';

/** Sources in an answer end here. */
const maxSource = 200_000;
/** Characters of all sources and outputs in an answer together; what comes later is left out. */
const maxAnswer = 60_000_000;
const maxMetadata = 200;

/** What there is still room for. */
interface Room {
  left: number;
}

/**
 * Every cell of both, in the order of the right; what is gone stands behind what it followed.
 * @param pause awaited now and then, so that others have their turn
 */
export async function diffNotebooks(
  left: NotebookFile,
  right: NotebookFile,
  pause: () => Promise<void>,
): Promise<NotebookBody> {
  const partners = alignCells(left.cells, right.cells);
  await pause();
  const kept = longestRising([...right.cells.keys()].flatMap((j) => partners.get(j) ?? []));
  const moved = new Set(
    [...right.cells.keys()].filter((j) => partners.has(j)).filter((_, at) => !kept.has(at)),
  );
  const cells: CellChange[] = [];
  const room: Room = { left: maxAnswer };
  for (const [i, j] of rowOrder(left.cells.length, right.cells.length, partners)) {
    cells.push(compareCells(sideOf(left, i), sideOf(right, j), j !== null && moved.has(j), room));
    if (cells.length % 50 === 0) await pause();
  }
  const count = (change: CellChange['change']) =>
    cells.filter((cell) => cell.change === change).length;
  return {
    kind: 'notebook',
    language: right.language ?? left.language,
    cells,
    metadata: diffValues(left.metadata, right.metadata).slice(0, maxMetadata),
    totals: {
      added: count('added'),
      removed: count('removed'),
      modified: count('modified'),
      moved: cells.filter((cell) => cell.moved).length,
      same: count('same'),
    },
  };
}

interface Placed {
  readonly cell: Cell;
  readonly index: number;
}

function sideOf({ cells }: NotebookFile, index: number | null): Placed | null {
  const cell = index === null ? undefined : cells[index];
  return cell === undefined ? null : { cell, index: index as number };
}

/** Pairs of indices, null where a side has no such cell. */
function rowOrder(
  left: number,
  right: number,
  partners: ReadonlyMap<number, number>,
): [number | null, number | null][] {
  const taken = new Set(partners.values());
  /** Removed cells by the matched cell before them; −1 for none. */
  const gone = new Map<number, number[]>();
  let before = -1;
  for (let i = 0; i < left; i++) {
    if (taken.has(i)) before = i;
    else gone.set(before, [...(gone.get(before) ?? []), i]);
  }
  const rows: [number | null, number | null][] = [];
  const putGone = (after: number): void => {
    for (const i of gone.get(after) ?? []) rows.push([i, null]);
  };
  putGone(-1);
  for (let j = 0; j < right; j++) {
    const i = partners.get(j) ?? null;
    rows.push([i, j]);
    if (i !== null) putGone(i);
  }
  return rows;
}

function compareCells(
  left: Placed | null,
  right: Placed | null,
  moved: boolean,
  room: Room,
): CellChange {
  const sides = { moved, left: viewCell(left, room), right: viewCell(right, room) };
  if (left === null || right === null) {
    const change = left === null ? 'added' : 'removed';
    const outputs = (left ?? right)?.cell.outputs.map((output) => {
      const view = shown(output, room);
      return { change, left: left && view, right: right && view } as const;
    });
    return { ...sides, change, sourceChanged: true, outputs: outputs ?? [], metadata: [] };
  }
  const sourceChanged =
    left.cell.source !== right.cell.source || left.cell.type !== right.cell.type;
  const outputs = compareOutputs(left.cell.outputs, right.cell.outputs, room);
  const metadata = diffValues(left.cell.metadata, right.cell.metadata).slice(0, maxMetadata);
  const changed =
    sourceChanged || metadata.length > 0 || outputs.some((output) => output.change !== 'same');
  return { ...sides, change: changed ? 'modified' : 'same', sourceChanged, outputs, metadata };
}

function viewCell(side: Placed | null, room: Room): CellChange['left'] {
  if (side === null) return null;
  const { type, source } = side.cell;
  const limit = Math.max(0, Math.min(maxSource, room.left));
  const cut = source.length > limit;
  room.left -= Math.min(limit, source.length);
  return {
    index: side.index,
    type,
    source: cut ? source.slice(0, limit).toWellFormed() : source,
    cut,
  };
}

/** An output with its text, while there is room for it. */
function shown(output: Output, room: Room): CellOutput {
  const view = viewOutput(output, room.left > 0);
  room.left -= view.text?.length ?? view.rows?.flat().join('').length ?? 0;
  return view;
}

/** Equal outputs in their order; between them, outputs of one kind are taken for a changed one. */
function compareOutputs(
  left: readonly Output[],
  right: readonly Output[],
  room: Room,
): CellChange['outputs'] {
  const numbers = new Map<string, number>();
  const number = (output: Output): number => {
    const key = outputKey(output);
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  };
  const rows: CellChange['outputs'] = [];
  let [i, j] = [0, 0];
  const anchors = commonSubsequence(left.map(number), right.map(number));
  for (const [x, y] of [...anchors, [left.length, right.length] as const]) {
    rows.push(...changedOutputs(left.slice(i, x), right.slice(j, y), room));
    const [a, b] = [left[x], right[y]];
    if (a !== undefined && b !== undefined) {
      rows.push({ change: 'same', left: viewOutput(a, false), right: viewOutput(b, false) });
    }
    [i, j] = [x + 1, y + 1];
  }
  return rows;
}

function changedOutputs(
  left: Output[],
  right: readonly Output[],
  room: Room,
): CellChange['outputs'] {
  const view = (output: Output): CellOutput => shown(output, room);
  const free = [...left];
  const rows = right.map((output): CellChange['outputs'][number] => {
    const at = free.findIndex(
      ({ kind, stream }) => kind === output.kind && stream === output.stream,
    );
    if (at < 0) return { change: 'added', left: null, right: view(output) };
    const [before] = free.splice(at, 1) as [Output];
    return { change: 'modified', left: view(before), right: view(output) };
  });
  const gone = free.map((output): CellChange['outputs'][number] => {
    return { change: 'removed', left: view(output), right: null };
  });
  return [...gone, ...rows];
}
