/** What runs logged to look at, read where it lies: within the workspace, or what was brought in. */
import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CairnError } from '../base/errors.ts';
import type { MediaItem, MediaSeries } from '../contract/media.ts';
import { PositionalFile } from '../formats/positional.ts';
import type { PrecisionRecall } from '../formats/tfevents-curve.ts';
import { type LoggedContent, readLoggedMedia } from '../formats/tfevents-media.ts';
import { readWandbHistogram } from '../formats/wandb-histogram.ts';
import type { Handlers } from '../rpc/index.ts';
import {
  isKept,
  type MediaPlaceRecord,
  readMediaPlaces,
  readMediaSteps,
  readSourcePaths,
} from '../store/media.ts';
import { resolveArtifact, safeParts } from '../tracking/artifacts.ts';
import { describeStart } from './files/kinds.ts';
import type { FileContext } from './files/locate.ts';
import { listLoggedImages, readLoggedImage } from './logged-images.ts';
import { type RunHistograms, readHistograms } from './media-histograms.ts';

const mostSteps = 200_000;
const mostItems = 16;
const mostBytes = 64 * 2 ** 20;
const longestText = 200_000;
const tableRows = 500;
const tableColumns = 50;
const longestCell = 200;

type MediaOperation = 'media.list' | 'media.read' | 'media.histograms';

export function mediaHandlers(context: FileContext): Pick<Handlers, MediaOperation> {
  return {
    'media.list': async ({ ids }) => {
      const session = context.session();
      const found = readMediaSteps(session.store, ids, mostSteps);
      const series = new Map<string, MediaSeries>();
      const add = (runId: string, key: string, kind: string, step: number) => {
        const name = `${runId} ${key}`;
        const known = series.get(name);
        if (known === undefined) {
          series.set(name, { runId, key, kind: kind as MediaSeries['kind'], steps: [step] });
        } else if (known.steps.at(-1) !== step) known.steps.push(step);
      };
      for (const { run_id: runId, key, kind, step } of found) add(runId, key, kind, step);
      for (const id of ids) {
        const indexed = new Set(found.flatMap((one) => (one.run_id === id ? one.key : [])));
        for (const { key, step } of await listLoggedImages(session, id)) {
          if (!indexed.has(key)) add(id, key, 'image', step);
        }
      }
      return { series: [...series.values()], cut: found.length === mostSteps };
    },
    'media.read': async ({ id, key, step }) => {
      const session = context.session();
      const { store } = session;
      const items: MediaItem[] = [];
      for (const place of readMediaPlaces(store, id, key, step)) {
        items.push(...(await readPlace(context, id, key, place)));
        if (items.length >= mostItems) break;
      }
      if (items.length === 0) items.push(...(await readImages(session, id, key, step)));
      return { items: items.slice(0, mostItems) };
    },
    'media.histograms': async ({ ids, key, maxSteps }, { signal }) => {
      const { store } = context.session();
      const series: RunHistograms[] = [];
      for (const id of ids) {
        const read = (place: MediaPlaceRecord) => readPlace(context, id, key, place);
        const one = await readHistograms(store, id, key, maxSteps, read, signal);
        if (one.total > 0) series.push(one);
      }
      return { series };
    },
  };
}

/**
 * One place that pictures were logged to.
 * @returns the first of them; null where there is none
 * @throws CairnError `not-found`, `invalid` as for looking at it
 */
export async function readPicture(
  context: Pick<FileContext, 'session'>,
  runId: string,
  key: string,
  place: MediaPlaceRecord,
): Promise<{ readonly mime: string; readonly bytes: Uint8Array } | null> {
  for (const item of await readPlace(context, runId, key, place)) {
    if (item.kind === 'image') return item;
  }
  return null;
}

async function readImages(
  session: ReturnType<FileContext['session']>,
  id: string,
  key: string,
  step: number,
): Promise<MediaItem[]> {
  const all = await listLoggedImages(session, id);
  const own = all.filter((one) => one.key === key && one.step === step).slice(0, mostItems);
  const items: MediaItem[] = [];
  for (const { name } of own) {
    const bytes = await readLoggedImage(session, id, name, mostBytes);
    if (bytes !== null) items.push(itemOf(bytes, name, 'image'));
  }
  return items;
}

async function readPlace(
  context: Pick<FileContext, 'session'>,
  runId: string,
  key: string,
  place: MediaPlaceRecord,
): Promise<MediaItem[]> {
  const path = await locate(context, runId, place.path);
  if (place.kind === 'histogram' && place.path.endsWith('.wandb')) {
    const found = await readWandbHistogram(path, place.at, key);
    if (found === null) throw changed(place);
    return [
      { kind: 'histogram', edges: plainArray(found.edges), counts: plainArray(found.counts) },
    ];
  }
  await using file = await PositionalFile.open(path);
  const from = Math.max(0, place.at);
  const length = place.at < 0 ? file.size : (place.length ?? file.size - from);
  if (from + length > file.size) {
    throw changed(place);
  }
  if (length > mostBytes) return [{ kind: 'other', bytes: length }];
  const bytes = await file.read(from, length);
  if (place.at < 0) return [itemOf(bytes, place.path, place.kind)];
  const contents = readLoggedMedia(bytes, place.kind);
  // A tensor is for a program to read; where nothing draws it, say at least that it is there.
  if (contents.length === 0) return [{ kind: 'other', bytes: length }];
  return contents.map((content) => logged(content, place));
}

function changed({ path }: MediaPlaceRecord): CairnError {
  return new CairnError('not-found', `${path} was changed since it was read.`);
}

function logged(content: LoggedContent, { path, kind }: MediaPlaceRecord): MediaItem {
  if (content.kind === 'bytes') return itemOf(content.bytes, kind === 'image' ? '' : path, kind);
  if (content.kind === 'text') return textItem(content.text);
  if (content.kind === 'precision-recall') return { kind: 'figure', text: curveFigure(content) };
  return { ...content, edges: plainArray(content.edges), counts: plainArray(content.counts) };
}

/** Plotly's JSON; the words are the field's. */
function curveFigure({ precision, recall, thresholds }: PrecisionRecall): string {
  const trace = {
    ...{ type: 'scatter', mode: 'lines', x: recall, y: precision, customdata: thresholds },
    hovertemplate:
      'recall %{x:.3f}<br>precision %{y:.3f}<br>threshold %{customdata:.3f}<extra></extra>',
  };
  const axis = (title: string) => ({ title: { text: title }, range: [-0.02, 1.02] });
  return JSON.stringify({
    data: [trace],
    layout: { xaxis: axis('recall'), yaxis: axis('precision') },
  });
}

function plainArray(values: Float64Array): Float64Array<ArrayBuffer> {
  return Float64Array.from(values);
}

function itemOf(bytes: Buffer, path: string, kind: string): MediaItem {
  const { kinds, mime } = describeStart(bytes.subarray(0, 65_536), bytes.length, path);
  const shown = kinds[0];
  if (shown === 'image' || shown === 'audio' || shown === 'video') {
    return { kind: shown, mime, bytes: new Uint8Array(bytes) };
  }
  if (kind === 'figure') return { kind: 'figure', text: bytes.toString('utf8') };
  if (kind === 'table') return tableItem(bytes);
  return kinds.includes('text')
    ? textItem(bytes.toString('utf8'))
    : { kind: 'other', bytes: bytes.length };
}

function textItem(text: string): MediaItem {
  return { kind: 'text', text: text.slice(0, longestText), cut: text.length > longestText };
}

/** `{columns, data}`, as W&B writes tables; a list of objects, as trackio does. */
function tableItem(bytes: Buffer): MediaItem {
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return textItem(text);
  }
  const { columns, data } = (value ?? {}) as { columns?: unknown; data?: unknown };
  const records = Array.isArray(value) ? value : null;
  const names = Array.isArray(columns)
    ? columns.map(String)
    : Object.keys((records?.[0] ?? {}) as object);
  const rows = Array.isArray(data)
    ? data.filter(Array.isArray)
    : (records ?? []).map((record) =>
        names.map((name) => (record as Record<string, unknown>)?.[name]),
      );
  if (names.length === 0) return textItem(text);
  return {
    kind: 'table',
    columns: names.slice(0, tableColumns),
    rows: rows.slice(0, tableRows).map((row) => row.slice(0, tableColumns).map(cellText)),
    cut: rows.length > tableRows || names.length > tableColumns,
  };
}

function cellText(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.slice(0, longestCell);
}

/** @throws CairnError `invalid` for what lies neither in the workspace nor in what was brought in */
async function locate(
  context: Pick<FileContext, 'session'>,
  runId: string,
  path: string,
): Promise<string> {
  const { store, workspace } = context.session();
  if (isKept(store, runId)) {
    const folder = { path: `${workspace.storeDir}${sep}artifacts${sep}${runId}`, writable: true };
    return await resolveArtifact(folder, safeParts(path));
  }
  if (!/^file:/i.test(path)) {
    return await resolveArtifact({ path: workspace.root, writable: false }, path.split('/'));
  }
  const real = await realpath(fileURLToPath(path)).catch(() => null);
  if (real === null) throw new CairnError('not-found', `There is no file ${path}.`);
  for (const source of readSourcePaths(store, runId)) {
    const within = await realpath(source).catch(() => null);
    if (within === null) continue;
    const way = relative(within, real);
    if (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return real;
  }
  throw new CairnError('invalid', `${path} lies outside of what was brought in.`);
}
