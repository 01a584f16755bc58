/**
 * Jupyter notebooks, read only: nbformat 3 (worksheets, heading cells, prompt numbers) and 4. What
 * is not as the format says is passed over or replaced by nothing, so that a half-written or
 * hostile file still shows what it has. Source: nbformat's JSON schemas v3 and v4.
 */
import { CairnError } from '../base/errors.ts';
import { type NotebookOutput, readOutputs } from './ipynb-outputs.ts';

export type { NotebookOutput } from './ipynb-outputs.ts';

export interface NotebookCell {
  readonly type: 'code' | 'markdown' | 'raw';
  readonly source: string;
  /** In what order it was executed last; null when it was not. */
  readonly executionCount: number | null;
  readonly tags: readonly string[];
  readonly outputs: readonly NotebookOutput[];
}

export interface Notebook {
  readonly major: number;
  readonly minor: number;
  /** Name of the kernel, `python3`; null when the notebook names none. */
  readonly kernel: string | null;
  /** How the kernel calls itself, `Python 3 (ipykernel)`. */
  readonly kernelTitle: string | null;
  /** `python`, `R`, `julia`; null when the notebook does not say. */
  readonly language: string | null;
  readonly cells: readonly NotebookCell[];
}

/** A notebook larger than this is not read: a string of JavaScript holds half a gigabyte. */
export const maxNotebookBytes = 200 * 2 ** 20;
const maxCells = 50_000;

type Json = Readonly<Record<string, unknown>>;

/**
 * @param file what errors call it
 * @throws CairnError `corrupt` for what is no notebook, `unsupported` for formats before 3 or after 4
 */
export function parseNotebook(text: string, file: string): Notebook {
  const root = parseObject(text, file);
  const major = root.nbformat;
  if (typeof major !== 'number' || !Number.isInteger(major)) {
    throw new CairnError('corrupt', `${file} is no Jupyter notebook: it names no format.`);
  }
  if (major < 3 || major > 4) {
    throw new CairnError(
      'unsupported',
      `${file} has the notebook format ${major}; Cairn reads 3 and 4. Save it with a current Jupyter.`,
    );
  }
  const metadata = asObject(root.metadata);
  const kernelspec = asObject(metadata.kernelspec);
  const language = asObject(metadata.language_info);
  return {
    major,
    minor: typeof root.nbformat_minor === 'number' ? root.nbformat_minor : 0,
    kernel: asName(kernelspec.name),
    kernelTitle: asName(kernelspec.display_name),
    language: asName(language.name) ?? asName(kernelspec.language),
    cells: cellsOf(root, major)
      .slice(0, maxCells)
      .map((cell) => readCell(asObject(cell), major)),
  };
}

/** Of nbformat 3, the cells of all worksheets one behind the other. */
export function cellsOf(root: Json, major: number): readonly unknown[] {
  if (major >= 4) return asArray(root.cells);
  return asArray(root.worksheets).flatMap((sheet) => asArray(asObject(sheet).cells));
}

/** The first heading of any level, or null. */
export function notebookTitle(notebook: Notebook): string | null {
  for (const { type, source } of notebook.cells) {
    if (type !== 'markdown') continue;
    let fenced = false;
    for (const line of source.slice(0, 20_000).split('\n')) {
      if (/^\s{0,3}(```|~~~)/.test(line)) fenced = !fenced;
      const heading = fenced ? null : /^ {0,3}#{1,6}[ \t]+([^\r]*?)[ \t]*#*\s*$/.exec(line);
      const title = heading?.[1]?.trim() ?? '';
      if (title !== '') return title.slice(0, 300);
    }
  }
  return null;
}

/**
 * How the code cells that hold something were executed: `in order` from top to bottom in a fresh
 * kernel or a continued one, `out of order`, `in part`, or `not`.
 */
export type ExecutionOrder = 'none' | 'not' | 'part' | 'mixed' | 'order';

export function executionOrder(notebook: Notebook): ExecutionOrder {
  const code = notebook.cells.filter((cell) => cell.type === 'code' && cell.source.trim() !== '');
  if (code.length === 0) return 'none';
  const counts = code.flatMap((cell) => cell.executionCount ?? []);
  if (counts.length === 0) return 'not';
  const rising = counts.every((count, index) => index === 0 || count > (counts[index - 1] ?? 0));
  if (!rising) return 'mixed';
  return counts.length < code.length ? 'part' : 'order';
}

function readCell(cell: Json, major: number): NotebookCell {
  const kind = cell.cell_type;
  const tags = asArray(asObject(cell.metadata).tags).filter((tag) => typeof tag === 'string');
  if (kind === 'code') {
    const count = major >= 4 ? cell.execution_count : cell.prompt_number;
    return {
      type: 'code',
      source: asText(major >= 4 ? cell.source : cell.input),
      executionCount: typeof count === 'number' && Number.isSafeInteger(count) ? count : null,
      tags,
      outputs: readOutputs(asArray(cell.outputs), major),
    };
  }
  const plain = { executionCount: null, tags, outputs: [] };
  if (kind === 'heading') {
    const level = typeof cell.level === 'number' ? Math.min(6, Math.max(1, cell.level | 0)) : 1;
    const source = `${'#'.repeat(level)} ${asText(cell.source).replaceAll('\n', ' ')}`;
    return { ...plain, type: 'markdown', source };
  }
  const type = kind === 'markdown' || kind === 'html' ? 'markdown' : 'raw';
  return { ...plain, type, source: asText(cell.source) };
}

function parseObject(text: string, file: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch (error) {
    throw new CairnError(
      'corrupt',
      `${file} is no Jupyter notebook: it is not whole JSON. It may be half written, or hold the marks of a merge conflict.`,
      { cause: error },
    );
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw new CairnError('corrupt', `${file} is no Jupyter notebook: it holds no object.`);
}

/** A multi-line string: one string, or a list of lines with their ends. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return '';
  return value.filter((line) => typeof line === 'string').join('');
}

export function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asName(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : null;
}
