/** Files of runs, looked at. Everything is read within bounds; nothing is executed or written. */
import { readFile } from 'node:fs/promises';
import { CairnError } from '../../base/errors.ts';
import type { FileSource } from '../../contract/files.ts';
import type { Output, ParsedInput } from '../../contract/index.ts';
import { decodeBytes, maxSettingsBytes, readSettings, treeJson } from '../../diffing/index.ts';
import { maxNotebookBytes, parseNotebook } from '../../formats/ipynb.ts';
import { PositionalFile } from '../../formats/positional.ts';
import { openTensorFile } from '../../formats/tensors.ts';
import { viewCells } from '../../notebooks/index.ts';
import type { Handlers } from '../../rpc/index.ts';
import { readManifest } from '../diff/contents.ts';
import { describeFile } from './kinds.ts';
import { type FileContext, openRunFile, type RunFileContent } from './locate.ts';
import { readTable, sendJsonTable } from './table.ts';

type FileOperation = Extract<keyof Handlers, `files.${string}`>;

const mostTensors = 20_000;
const mostFindings = 200;
const longestMetadata = 2000;

export function fileHandlers(context: FileContext): Pick<Handlers, FileOperation> {
  const open = (source: FileSource, signal: AbortSignal) =>
    openRunFile(context, source, { signal });
  return {
    'files.describe': async ({ source }, { signal }) => {
      await using content = await open(source, signal);
      const { kinds, mime } = await describeFile(content.file, content.path);
      return { size: content.size, kinds: [...kinds], mime, location: content.location };
    },
    'files.bytes': async ({ source, offset, length }, { signal }) => {
      await using content = await open(source, signal);
      await using file = await PositionalFile.open(content.file);
      const { size } = file;
      const from = Math.min(offset, size);
      const bytes = await file.read(from, Math.min(length, size - from));
      return { bytes: new Uint8Array(bytes), size };
    },
    'files.table': async ({ source, limit }, call) => {
      await using content = await open(source, call.signal);
      const { mime } = await describeFile(content.file, content.path);
      if (mime === 'application/json') {
        const text = await readText(content, maxSettingsBytes);
        return await sendJsonTable(text, content.path, limit, call);
      }
      return await readTable(content, mime === 'application/vnd.apache.parquet', limit, call);
    },
    'files.notebook': async ({ source }, { signal }) => {
      await using content = await open(source, signal);
      const text = await readText(content, maxNotebookBytes);
      const notebook = parseNotebook(text, content.path);
      return {
        language: notebook.language,
        cells: viewCells(notebook),
        totalCells: notebook.cells.length,
      };
    },
    'files.settings': async ({ source }, { signal }) => {
      await using content = await open(source, signal);
      const text = await readText(content, maxSettingsBytes);
      return { json: treeJson(readSettings(text, content.path)) };
    },
    'files.tensors': async ({ source }, { signal }) => {
      await using content = await open(source, signal);
      return await readTensors(content);
    },
    'files.folder': async (input) => await listFolder(context, input),
  };
}

async function readText({ file, path, size }: RunFileContent, most: number): Promise<string> {
  if (size > most) {
    throw new CairnError('unsupported', `${path} is too large to be shown like this.`);
  }
  const decoded = decodeBytes(await readFile(file));
  if (decoded === null) throw new CairnError('corrupt', `${path} is binary, not a text.`);
  return decoded.text;
}

async function readTensors(content: RunFileContent): Promise<Output<'files.tensors'>> {
  const model = await openTensorFile(content.file);
  const metadata = [...model.metadata].slice(0, mostFindings);
  return {
    format: model.format,
    badge: model.badge,
    findings: model.findings.slice(0, mostFindings),
    notes: model.notes.slice(0, mostFindings),
    metadata: Object.fromEntries(
      metadata.map(([key, value]) => [key, value.slice(0, longestMetadata)]),
    ),
    tensors: model.tensors.slice(0, mostTensors).map(({ name, dtype, shape, elements, bytes }) => ({
      name,
      dtype: dtype.name,
      shape: [...shape],
      elements,
      bytes: bytes.length,
    })),
    moreTensors: Math.max(0, model.tensors.length - mostTensors),
  };
}

async function listFolder(
  context: FileContext,
  { run, path, limit }: ParsedInput<'files.folder'>,
): Promise<Output<'files.folder'>> {
  const session = context.session();
  const recorded = session.tracking.get(run).files.find((file) => file.path === path);
  if (!recorded?.hash?.endsWith('.dir')) return { files: null, cut: false };
  const entries = await readManifest(session, recorded.hash);
  if (entries === null) return { files: null, cut: false };
  const files = entries.slice(0, limit).map((entry) => ({ path: entry.path, size: null }));
  return { files, cut: entries.length > limit };
}
