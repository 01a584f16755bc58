/** What the small files of a Guild run say of it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { asCairnError, errnoOf } from '../../base/errors.ts';
import type { RunStatus } from '../../contract/common.ts';
import { parseYaml } from '../../formats/yaml.ts';
import { flattenParams, parseParams } from '../../pipelines/index.ts';
import { readBounded } from '../read-bounded.ts';
import type { ImportedRun } from '../types.ts';

export interface RunFolder {
  /** In the workspace. */
  readonly path: string;
  readonly id: string;
  readonly deleted: boolean;
}

/** Flags of a whole configuration are some kilobytes. */
const largestAttribute = 4 << 20;

export function describe(
  root: string,
  folder: RunFolder,
): { run: ImportedRun; problem: string | null } {
  const attributes = new Attributes(join(root, folder.path, '.guild'));
  const operation = operationOf(attributes.text('opref'));
  const started = timeOf(attributes.value('started') ?? attributes.value('initialized'));
  const label = attributes.value('label');
  const user = attributes.value('user');
  const flags = attributes.params('flags');
  const set = attributes.params('user_flags').map(({ key, value }) => `${key}=${value}`);
  const status = statusOf(attributes);
  const run: ImportedRun = {
    nativeId: folder.id,
    aliases: [`folder:${folder.path}`],
    experiment: operation,
    name: typeof label === 'string' && label !== '' ? label : folder.id.slice(0, 8),
    status,
    ...(started === null ? {} : { createdAt: started }),
    startedAt: started,
    endedAt: timeOf(attributes.value('stopped')),
    command: ['guild run', operation, ...set].join(' '),
    note: attributes.comments(),
    deleted: folder.deleted,
    artifactRoot: folder.path,
    commit: commitOf(attributes.value('vcs_commit')),
    ...(typeof user === 'string' && user !== '' ? { user } : {}),
    params: flags,
    tags: attributes.tags(),
  };
  return { run, problem: attributes.problem };
}

class Attributes {
  readonly #folder: string;
  problem: string | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  has(name: string): boolean {
    return existsSync(join(this.#folder, name));
  }

  text(name: string): string {
    try {
      return readBounded(join(this.#folder, name), largestAttribute).text;
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') this.problem ??= asCairnError(error).message;
      return '';
    }
  }

  /** An attribute is YAML; undefined when it is not there or not to be read. */
  value(name: string): unknown {
    return this.#parse(name, (text) => parseYaml(text, name).value);
  }

  params(name: string): { key: string; value: string }[] {
    return this.#parse(name, (text) => flattenParams(parseParams(text, name).values)) ?? [];
  }

  tags(): Record<string, string> {
    const tags = this.value('tags');
    if (!Array.isArray(tags)) return {};
    // YAML may hold anything in their place.
    const plain = tags.filter((tag) => typeof tag !== 'object');
    return Object.fromEntries(plain.map((tag) => [String(tag), '']));
  }

  comments(): string {
    const comments = this.value('comments');
    if (!Array.isArray(comments)) return '';
    return (comments as unknown[])
      .map((comment) => (comment as { body?: unknown } | null)?.body)
      .filter((body) => typeof body === 'string')
      .join('\n\n');
  }

  #parse<T>(name: string, parse: (text: string) => T): T | undefined {
    const text = this.text(`attrs/${name}`);
    if (text.trim() === '') return undefined;
    try {
      return parse(text);
    } catch (error) {
      this.problem ??= asCairnError(error).message;
      return undefined;
    }
  }
}

/** `guildfile:<path> <version> <model> <operation>`, quoted as for a shell. */
function operationOf(text: string): string {
  const words = text.trim().match(/'[^']*'|\S+/g) ?? [];
  const [, , model = "''", operation = ''] = words;
  const name = operation.replaceAll("'", '');
  const modelName = model.replaceAll("'", '');
  if (name === '') return 'guild';
  if (name === '+') return 'batch';
  return modelName === '' ? name : `${modelName}:${name}`;
}

/** As Guild tells it: a run without an end whose process is gone has failed. */
function statusOf(attributes: Attributes): RunStatus {
  if (attributes.has('LOCK.remote')) return 'RUNNING';
  if (attributes.has('PENDING') || attributes.has('STAGED')) return 'SCHEDULED';
  const exit = attributes.value('exit_status');
  if (exit !== undefined && exit !== null) {
    const code = Number(exit);
    if (code === 0) return 'FINISHED';
    return code < 0 ? 'KILLED' : 'FAILED';
  }
  const pid = Number(attributes.text('LOCK').slice(0, 10));
  return isAlive(pid) ? 'RUNNING' : 'KILLED';
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process is one all the same.
    return errnoOf(error) === 'EPERM';
  }
}

/** Guild's times are µs since the epoch. */
function timeOf(value: unknown): number | null {
  const time = Number(value);
  return value === undefined || !Number.isFinite(time) || time <= 0 ? null : time / 1000;
}

/** `git:<hash>`, with what else was changed behind it. */
function commitOf(value: unknown): string | null {
  return /^git:([0-9a-f]{40})/.exec(typeof value === 'string' ? value : '')?.[1] ?? null;
}
