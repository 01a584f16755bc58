/**
 * What DVC's queue knows of experiments that are not done: entries in the logs of two stash-like
 * refs, and a folder for each task that was begun. Source: dvc/repo/experiments/stash.py and
 * executor/base.py.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from '../../base/errors.ts';
import type { RunStatus } from '../../contract/common.ts';
import { readBounded } from '../read-bounded.ts';
import type { Experiments } from './files.ts';

export interface Task {
  readonly name: string;
  readonly baseline: string;
  /** The commit that holds its params. */
  readonly commit: string;
  readonly status: RunStatus;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** The last line of its log when it failed. */
  readonly error: string | null;
  /** With its log, as a path in the workspace. */
  readonly folder: string | null;
  /** Changes with any of these. */
  readonly stamp: string;
}

const message = /^(?:commit: )?dvc-exp:[0-9a-f]+:([0-9a-f]{40}):([^:]*)/;
/** `TaskStatus` */
const statuses: Readonly<Record<number, RunStatus>> = {
  0: 'SCHEDULED',
  1: 'RUNNING',
  2: 'RUNNING',
  3: 'FINISHED',
  4: 'FAILED',
  5: 'KILLED',
  6: 'FINISHED',
};
const runs = '.dvc/tmp/exps/run';
const largestInfo = 1 << 20;
const tailBytes = 4096;

/** Every task that is queued, runs, or failed; those that succeeded have their experiment. */
export function listTasks(repository: Experiments, root: string): Task[] {
  const folders = new Map(listFolders(root).map((folder) => [folder.id, folder]));
  const queued = entriesOf(repository, 'refs/exps/celery/stash').map((entry) =>
    toTask(root, entry, folders.get(entry.commit), 'SCHEDULED'),
  );
  const failed = entriesOf(repository, 'refs/exps/celery/failed').map((entry) =>
    toTask(root, entry, folders.get(entry.commit), 'FAILED'),
  );
  const known = new Set([...queued, ...failed].map(({ commit }) => commit));
  const begun = [...folders.values()].flatMap((folder) => {
    if (known.has(folder.id) || folder.pid === null || folder.name === '') return [];
    if (folder.status === 'FINISHED' || !/^[0-9a-f]{40}$/.test(folder.baseline)) return [];
    const at = folder.startedAt;
    const entry = { commit: folder.id, baseline: folder.baseline, name: folder.name, at };
    return [toTask(root, entry, folder, 'RUNNING')];
  });
  return [...queued, ...failed, ...begun];
}

interface Entry {
  readonly commit: string;
  readonly baseline: string;
  readonly name: string;
  /** Epoch ms. */
  readonly at: number;
}

interface TaskFolder {
  readonly id: string;
  readonly name: string;
  readonly baseline: string;
  readonly status: RunStatus;
  readonly pid: number | null;
  readonly startedAt: number;
  readonly changedAt: number;
  readonly hasEnded: boolean;
}

function entriesOf(repository: Experiments, ref: string): Entry[] {
  return repository.refLog(ref).flatMap(({ oid, at, message: text }) => {
    const match = message.exec(text);
    if (match === null) return [];
    const name = match[2] === '' ? oid.slice(0, 7) : (match[2] as string);
    return [{ commit: oid, baseline: match[1] as string, name, at }];
  });
}

function listFolders(root: string): TaskFolder[] {
  let names: string[];
  try {
    names = readdirSync(join(root, runs)).filter((name) => /^[0-9a-f]{40}$/.test(name));
  } catch {
    return [];
  }
  return names.flatMap((id) => {
    const folder = join(root, runs, id);
    const info = readInfo(join(folder, `${id}.run`));
    const process = readInfo(join(folder, `${id}.json`));
    const began = statSync(join(folder, `${id}.pid`), { throwIfNoEntry: false });
    const changed = ['out', 'json', 'run'].map(
      (suffix) =>
        statSync(join(folder, `${id}.${suffix}`), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    );
    if (info === null && process === null) return [];
    const pid = typeof process?.pid === 'number' ? process.pid : null;
    return [
      {
        id,
        name: typeof info?.name === 'string' ? info.name : '',
        baseline: typeof info?.baseline_rev === 'string' ? info.baseline_rev : '',
        status: statuses[Number(info?.status ?? 0)] ?? 'RUNNING',
        pid,
        startedAt: began?.mtimeMs ?? 0,
        changedAt: Math.max(...changed),
        hasEnded: typeof process?.returncode === 'number' || !isAlive(pid),
      },
    ];
  });
}

function toTask(
  root: string,
  { commit, baseline, name, at }: Entry,
  folder: TaskFolder | undefined,
  otherwise: RunStatus,
): Task {
  let status = otherwise;
  if (folder !== undefined && otherwise !== 'FAILED') {
    status = folder.status === 'RUNNING' && folder.hasEnded ? 'KILLED' : folder.status;
  }
  const isOver = status !== 'RUNNING' && status !== 'SCHEDULED';
  const endedAt = isOver ? (folder?.changedAt ?? at) : null;
  return {
    name,
    baseline,
    commit,
    status,
    createdAt: at,
    startedAt: folder?.startedAt ?? null,
    endedAt,
    error: status === 'FAILED' ? lastLine(join(root, runs, commit, `${commit}.out`)) : null,
    folder: folder === undefined ? null : `${runs}/${commit}`,
    stamp: `${status} ${endedAt ?? ''}`,
  };
}

function readInfo(absolute: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(readBounded(absolute, largestInfo).text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function lastLine(absolute: string): string | null {
  try {
    const { size } = statSync(absolute);
    const { text } = readBounded(absolute, tailBytes, Math.max(0, size - tailBytes));
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
    return lines.at(-1)?.slice(0, 1000) ?? null;
  } catch {
    return null;
  }
}

function isAlive(pid: number | null): boolean {
  if (pid === null || !Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process is one all the same.
    return errnoOf(error) === 'EPERM';
  }
}
