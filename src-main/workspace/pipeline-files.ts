/**
 * What the history shows of `dvc.yaml`, `dvc.lock` and `*.dvc`: which outputs they record, and which
 * files hold params and metrics. Lenient: what is not understood is left out. (Running a pipeline
 * goes through `pipelines/`, which is strict.)
 */
import { posix } from 'node:path';
import { isMap, isNumeric, readLeniently } from './lenient-yaml.ts';

/** A recorded output. The path is relative to the workspace root. */
export interface DataOut {
  readonly path: string;
  readonly hash: string;
  readonly size: number | null;
  readonly files: number | null;
}

/** What `dvc.lock` says of one stage. */
export interface LockedStage {
  readonly name: string;
  /** Several commands one a line. */
  readonly command: string;
  readonly deps: readonly DataOut[];
  readonly outs: readonly DataOut[];
  /** All that is said of it, as it was read. */
  readonly entry: Readonly<Record<string, unknown>>;
}

interface NamedFile {
  readonly wdir: string;
  readonly path: string;
}

export interface PipelineFile {
  /** Working folder by stage, relative to the file, where it is not the file's own. */
  readonly wdirs: ReadonlyMap<string, string>;
  readonly params: readonly NamedFile[];
  readonly metrics: readonly NamedFile[];
  /** Not the files that plots made of several take their data from. */
  readonly plots: readonly NamedFile[];
}

export function isPipelineFile(path: string): boolean {
  return /(?:^|\/)dvc\.(?:yaml|lock)$|[^/]\.dvc$/.test(path);
}

/** A path that a stage names, relative to the workspace root. May begin with `..`. */
export function resolvePath(file: string, wdir: string, path: string): string {
  return posix.normalize(posix.join(posix.dirname(file), wdir, path)).replace(/\/$/, '');
}

/** Outputs with their hashes, of `dvc.lock` or a `.dvc` file. */
export function parseOuts(
  file: string,
  text: string,
  wdirs: ReadonlyMap<string, string>,
): DataOut[] {
  const content = readLeniently(text);
  if (!isMap(content)) return [];
  if (!file.endsWith('dvc.lock')) {
    const wdir = typeof content.wdir === 'string' ? content.wdir : '.';
    return list(content.outs).flatMap((out) => toOut(file, wdir, out));
  }
  return parseLock(file, text, wdirs).flatMap(({ outs }) => outs);
}

/**
 * The stages of `dvc.lock`, in the order in which they are written.
 * @param wdirs working folders of stages, which only `dvc.yaml` names
 */
export function parseLock(
  file: string,
  text: string,
  wdirs: ReadonlyMap<string, string>,
): LockedStage[] {
  const content = readLeniently(text);
  if (!isMap(content)) return [];
  // The first version of the format had the stages at the top.
  const stages = isMap(content.stages) ? content.stages : content;
  return Object.entries(stages).flatMap(([name, stage]) => {
    if (!isMap(stage)) return [];
    const wdir = wdirs.get(name) ?? wdirs.get(name.replace(/@.*$/, '')) ?? '.';
    const commands = [stage.cmd, ...list(stage.cmd)].filter((one) => typeof one === 'string');
    return {
      name,
      command: commands.join('\n'),
      deps: list(stage.deps).flatMap((dep) => toOut(file, wdir, dep)),
      outs: list(stage.outs).flatMap((out) => toOut(file, wdir, out)),
      entry: stage,
    };
  });
}

/** @param text of `dvc.yaml` or `dvc.lock` */
export function parsePipelineFile(file: string, text: string): PipelineFile {
  const content = readLeniently(text);
  const wdirs = new Map<string, string>();
  const params: NamedFile[] = [];
  const metrics: NamedFile[] = [];
  const plots: NamedFile[] = [];
  if (!isMap(content)) return { wdirs, params, metrics, plots };
  const isLock = file.endsWith('dvc.lock');
  const stages = isMap(content.stages) ? content.stages : isLock ? content : {};
  for (const [name, outer] of Object.entries(stages)) {
    const stage = isMap(outer) && isMap(outer.do) ? outer.do : outer;
    if (!isMap(stage)) continue;
    const wdir = typeof stage.wdir === 'string' && isPlain(stage.wdir) ? stage.wdir : '.';
    if (wdir !== '.') wdirs.set(name, wdir);
    for (const path of namesIn(stage.metrics)) metrics.push({ wdir, path });
    for (const path of namesIn(stage.plots)) plots.push({ wdir, path });
    for (const path of paramFiles(stage.params)) params.push({ wdir, path });
  }
  for (const path of namesIn(content.metrics)) metrics.push({ wdir: '.', path });
  for (const path of namesIn(content.params)) params.push({ wdir: '.', path });
  for (const path of namesIn(content.plots)) plots.push({ wdir: '.', path });
  return { wdirs, params, metrics, plots };
}

function toOut(file: string, wdir: string, out: unknown): DataOut[] {
  if (!isMap(out) || typeof out.path !== 'string') return [];
  const hash = out.md5 ?? out.etag ?? out.checksum;
  const text = isNumeric(hash) ? String(hash) : hash;
  if (typeof text !== 'string' || /^[a-z][a-z0-9+.-]*:\/\//i.test(out.path)) return [];
  return [
    {
      path: posix.isAbsolute(out.path) ? out.path : resolvePath(file, wdir, out.path),
      hash: text,
      size: numberOf(out.size),
      files: numberOf(out.nfiles),
    },
  ];
}

/** Names in a list of names, or of maps from a name to its settings. */
function namesIn(value: unknown): string[] {
  const items = isMap(value) ? [value] : list(value);
  return items
    .flatMap((item) => (isMap(item) ? Object.keys(item) : [item]))
    .filter((name) => typeof name === 'string')
    .filter(isPlain);
}

/** `dvc.yaml` lists keys of params.yaml and maps from other files; `dvc.lock` maps all files. */
function paramFiles(value: unknown): string[] {
  if (isMap(value)) return Object.keys(value);
  return list(value).flatMap((item) => (isMap(item) ? Object.keys(item).filter(isPlain) : []));
}

function isPlain(name: string): boolean {
  return !name.includes('${');
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function numberOf(value: unknown): number | null {
  return isNumeric(value) && Number.isFinite(Number(value)) ? Number(value) : null;
}
