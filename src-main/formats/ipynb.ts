/**
 * Jupyter notebooks, read only: nbformat 3 (worksheets, heading cells, prompt numbers) and 4. What
 * is not as the format says is passed over or replaced by nothing, so that a half-written or
 * hostile file still shows what it has. Source: nbformat's JSON schemas v3 and v4.
 */
import { CairnError } from '../base/errors.ts';
import { asArray, asObject, asText, type Json } from './ipynb-json.ts';
import { type NotebookOutput, readAttachments, readOutputs } from './ipynb-outputs.ts';

export { asArray, asObject, asText } from './ipynb-json.ts';
export type { NotebookOutput } from './ipynb-outputs.ts';

export interface NotebookCell {
  readonly type: 'code' | 'markdown' | 'raw';
  readonly source: string;
  /** In what order it was executed last; null when it was not. */
  readonly executionCount: number | null;
  readonly tags: readonly string[];
  /** Of a Markdown cell, the pictures that are attached to it. */
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

/**
 * @param file what errors call it
 * @throws CairnError `corrupt` for what is no notebook, `unsupported` for formats before 3 or after 4
 */
export function parseNotebook(text: string, file: string): Notebook {
  const { root, major } = parseNotebookRoot(text, file);
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

/** The object that a notebook is, and its major format; throws as {@link parseNotebook} does. */
export function parseNotebookRoot(text: string, file: string): { root: Json; major: number } {
  const root = parseObject(text, file);
  const major = root.nbformat;
  if (typeof major !== 'number' || !Number.isInteger(major)) {
    throw new CairnError(
      'corrupt',
      `${file} is no Jupyter notebook: it is JSON, but names no format in “nbformat”. If it is something else, give it another ending.`,
    );
  }
  if (major < 3) {
    throw new CairnError(
      'unsupported',
      `${file} has the notebook format ${major}; Cairn reads 3 and 4. Open it in Jupyter and save it again.`,
    );
  }
  if (major > 4) {
    throw new CairnError(
      'unsupported',
      `${file} has the notebook format ${major}, which is newer than this Cairn; it reads 3 and 4. Update Cairn, or save the notebook in format 4.`,
    );
  }
  return { root, major };
}

/** The first heading of any level, or null. */
export function notebookTitle(notebook: Notebook): string | null {
  for (const { type, source } of notebook.cells) {
    if (type !== 'markdown') continue;
    let fenced = false;
    let above = '';
    for (const line of source.slice(0, 20_000).split(/\r?\n/)) {
      if (/^ {0,3}(```|~~~)/.test(line)) fenced = !fenced;
      const underlined = /^ {0,3}=+[ \t]*$/.test(line) ? above : '';
      const title = fenced ? '' : headingOf(line) || underlined;
      if (title !== '') return title.slice(0, 300);
      above = line.trim();
    }
  }
  return null;
}

/** The text of `## Text ##`; '' for other lines. */
function headingOf(line: string): string {
  const marks = /^ {0,3}#{1,6}(?=[ \t])/.exec(line)?.[0];
  if (marks === undefined) return '';
  const text = line.slice(marks.length).trim();
  let end = text.length;
  while (text[end - 1] === '#') end -= 1;
  // Marks at the end belong to the text unless they stand apart: “About C#”.
  return end === 0 || /[ \t]/.test(text[end - 1] ?? '') ? text.slice(0, end).trim() : text;
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

/** Of nbformat 3, the cells of all worksheets one behind the other. */
export function cellsOf(root: Json, major: number): readonly unknown[] {
  if (major >= 4) return asArray(root.cells);
  return asArray(root.worksheets).flatMap((sheet) => asArray(asObject(sheet).cells));
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
  const plain = {
    executionCount: null,
    tags,
    outputs: readAttachments(asObject(cell.attachments)),
  };
  if (kind === 'heading') {
    const level = typeof cell.level === 'number' ? Math.min(6, Math.max(1, cell.level | 0)) : 1;
    const source = `${'#'.repeat(level)} ${asText(cell.source).replaceAll('\n', ' ')}`;
    return { ...plain, type: 'markdown', source };
  }
  const type = kind === 'markdown' || kind === 'html' ? 'markdown' : 'raw';
  return { ...plain, type, source: asText(cell.source) };
}

function parseObject(text: string, file: string): Json {
  const json = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (json.trim() === '') {
    throw new CairnError(
      'corrupt',
      `${file} is empty. Delete it, or bring an earlier version back.`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new CairnError(
      'corrupt',
      `${file} is no Jupyter notebook: it is not whole JSON. It may be half written, or hold the marks of a merge conflict. Look at it in an editor, or bring an earlier version back.`,
      { cause: error },
    );
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw new CairnError(
    'corrupt',
    `${file} is no Jupyter notebook: it is JSON, but no object. If it is something else, give it another ending.`,
  );
}

function asName(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : null;
}
