/** A notebook with everything that a comparison looks at. Source: nbformat's JSON schemas v3 and v4. */
import { CairnError } from '../../base/errors.ts';
import { asArray, asObject, asText, cellsOf, parseNotebookRoot } from '../../formats/ipynb.ts';
import { type Output, readOutput } from './outputs.ts';

export interface Cell {
  /** Of nbformat 4.5 and later; null before. */
  readonly id: string | null;
  readonly type: 'code' | 'markdown' | 'raw';
  readonly source: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly outputs: readonly Output[];
}

export interface NotebookFile {
  readonly language: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly cells: readonly Cell[];
}

const maxCells = 20_000;
const maxOutputs = 2_000;

/** @throws CairnError `corrupt` for what is no notebook, `unsupported` for formats nobody writes */
export function readNotebookFile(text: string, name: string): NotebookFile {
  const { root, major } = parseNotebookRoot(text, name);
  const metadata = asObject(root.metadata);
  const cells = cellsOf(root, major);
  if (cells.length > maxCells) {
    throw new CairnError(
      'unsupported',
      `${name} has ${cells.length} cells; ${maxCells} are the most.`,
    );
  }
  const language = asObject(metadata.language_info).name ?? asObject(metadata.kernelspec).language;
  return {
    language: typeof language === 'string' ? language.slice(0, 100) : null,
    metadata,
    cells: cells.map((cell) => readCell(asObject(cell), major)),
  };
}

function readCell(cell: Readonly<Record<string, unknown>>, major: number): Cell {
  const { cell_type: kind, id } = cell;
  const code = kind === 'code';
  const attachments = asObject(cell.attachments);
  // What is shown or folded by a click says nothing about the work, and neither does the hour at
  // which a cell was run.
  const {
    collapsed: _,
    scrolled: __,
    execution: ___,
    ExecuteTime: ____,
    ...metadata
  } = asObject(cell.metadata);
  const own = Object.keys(attachments).length === 0 ? metadata : { ...metadata, attachments };
  return {
    id: typeof id === 'string' && id !== '' ? id : null,
    type: code ? 'code' : kind === 'raw' ? 'raw' : 'markdown',
    source: sourceOf(cell, code && major < 4),
    metadata: own,
    outputs: code
      ? joinStreams(
          asArray(cell.outputs)
            .slice(0, maxOutputs)
            .flatMap((output, at) => readOutput(asObject(output), major, at) ?? []),
        )
      : [],
  };
}

function sourceOf(cell: Readonly<Record<string, unknown>>, input: boolean): string {
  const source = asText(input ? cell.input : cell.source);
  if (cell.cell_type !== 'heading') return source;
  const level = typeof cell.level === 'number' ? Math.min(6, Math.max(1, cell.level | 0)) : 1;
  return `${'#'.repeat(level)} ${source}`;
}

/** A stream comes in as many pieces as the kernel flushed; together they are one output. */
function joinStreams(outputs: readonly Output[]): Output[] {
  const joined: Output[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    if (output.stream !== null && last?.stream === output.stream) {
      const text = last.content + output.content;
      joined[joined.length - 1] = { ...last, content: text };
    } else joined.push(output);
  }
  return joined;
}
