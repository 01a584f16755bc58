/** Aim's `run_metadata.sqlite`. Source: aim/storage/structured/sql_engine/models.py; times are UTC. */
import { CairnError } from '../../base/errors.ts';
import type { ForeignDatabase } from '../foreign-database.ts';
import type { RunSink, SourceReader } from '../types.ts';

interface RunRow {
  readonly id: number;
  readonly hash: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly is_archived: number | null;
  readonly created_at: string | null;
  readonly ended_at: string | null;
  readonly experiment: string | null;
}

/** @throws CairnError `unsupported` when these are not Aim's tables */
export function readMetadata(open: ForeignDatabase, source: SourceReader, sink: RunSink): void {
  const columns = open.columns('run');
  if (!columns?.has('hash') || !columns.has('experiment_id') || !open.columns('experiment')) {
    throw new CairnError('unsupported', 'It has no tables of Aim.');
  }
  const ended = columns.has('finalized_at') ? 'r.finalized_at' : 'NULL';
  const rows = open.db
    .prepare<[], RunRow>(
      `SELECT r.id, CAST(r.hash AS TEXT) AS hash, CAST(r.name AS TEXT) AS name,
         CAST(r.description AS TEXT) AS description, r.is_archived, r.created_at,
         ${ended} AS ended_at, CAST(e.name AS TEXT) AS experiment
       FROM run r LEFT JOIN experiment e ON e.id = r.experiment_id ORDER BY r.id`,
    )
    .iterate();
  const tags = tagsByRun(open);
  const notes = notesByRun(open);
  const seen = new Set(['', 'seqs']);
  for (const row of rows) {
    const own = tags.get(row.id) ?? [];
    const note = [row.description ?? '', ...(notes.get(row.id) ?? [])].filter(Boolean).join('\n\n');
    seen.add(row.hash);
    const stamp = JSON.stringify([row, own, note]);
    if (source.item(row.hash)?.stamp === stamp) continue;
    const created = utc(row.created_at);
    sink.run({
      nativeId: row.hash,
      aliases: [`aim:${row.hash}`],
      experiment: row.experiment ?? 'aim',
      name: row.name ?? row.hash,
      status: 'FINISHED',
      note,
      ...(created === null ? {} : { createdAt: created, startedAt: created }),
      endedAt: utc(row.ended_at),
      tags: {
        ...Object.fromEntries(own.map((tag) => [tag, ''])),
        ...(row.is_archived === 1 ? { 'aim.archived': 'true' } : {}),
      },
    });
    sink.done(row.hash, stamp);
  }
  for (const key of source.items().keys()) {
    if (seen.has(key)) continue;
    sink.forget(key);
    sink.gone(key);
  }
}

function tagsByRun(open: ForeignDatabase): ReadonlyMap<number, string[]> {
  if (open.columns('run_tag') === null || open.columns('tag') === null) return new Map();
  return byRun(
    open.db
      .prepare<[], { run_id: number; text: string }>(
        `SELECT x.run_id, CAST(t.name AS TEXT) AS text FROM run_tag x
         JOIN tag t ON t.id = x.tag_id ORDER BY t.id`,
      )
      .all(),
  );
}

function notesByRun(open: ForeignDatabase): ReadonlyMap<number, string[]> {
  if (open.columns('note')?.has('content') !== true) return new Map();
  return byRun(
    open.db
      .prepare<[], { run_id: number; text: string }>(
        `SELECT run_id, substr(CAST(content AS TEXT), 1, 100000) AS text FROM note
         WHERE run_id IS NOT NULL ORDER BY id`,
      )
      .all(),
  );
}

function byRun(rows: readonly { run_id: number; text: string }[]): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const { run_id, text } of rows) found.set(run_id, [...(found.get(run_id) ?? []), text]);
  return found;
}

function utc(text: unknown): number | null {
  const time = Date.parse(`${String(text).replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? null : time;
}
