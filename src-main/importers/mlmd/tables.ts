/** Queries over ML Metadata's tables. A column may hold anything in SQLite, whatever its type says. */
import type Database from 'better-sqlite3';
import { CairnError } from '../../base/errors.ts';
import type { ForeignDatabase } from '../foreign-database.ts';

export interface ExecutionRow {
  readonly id: number;
  readonly type: string | null;
  readonly name: string | null;
  readonly state: number | null;
  /** Epoch ms. */
  readonly created: number;
  readonly updated: number;
  /** How many events and contexts it has; neither is ever changed. */
  readonly events: number;
  readonly contexts: number;
  /** When any artifact of it was changed last, epoch ms. */
  readonly artifactsUpdated: number | null;
}

export interface PropertyRow {
  readonly name: string;
  readonly int_value: number | null;
  readonly double_value: number | null;
  readonly string_value: string | null;
  readonly bool_value?: number | null;
}

export interface ArtifactRow {
  readonly id: number;
  readonly type: string | null;
  readonly name: string | null;
  readonly uri: string | null;
  readonly created: number;
  /** `Event.Type` */
  readonly event: number;
  /** When it was read or made, epoch ms. */
  readonly time: number | null;
}

const page = 500;
/** Pipelines keep whole programs as properties. */
const longestText = 20_000;
const mostOfOne = 10_000;

export class Tables {
  readonly #count: Database.Statement<[], { count: number }>;
  readonly #executions: Database.Statement<[number], ExecutionRow>;
  readonly #contexts: Database.Statement<[number], { type: string | null; name: string }>;
  readonly #artifacts: Database.Statement<[number], ArtifactRow>;
  readonly #executionProperties: Database.Statement<[number], PropertyRow>;
  readonly #artifactProperties: Database.Statement<[number], PropertyRow>;

  /** @throws CairnError `unsupported` when these are not the tables of a version that is known */
  constructor(open: ForeignDatabase) {
    const { db } = open;
    const needed = ['Type', 'Execution', 'ExecutionProperty', 'Artifact', 'ArtifactProperty'];
    const missing = [...needed, 'Event', 'Context', 'Association'].find(
      (table) => open.columns(table) === null,
    );
    if (missing !== undefined || !open.columns('Execution')?.has('last_known_state')) {
      throw new CairnError(
        'unsupported',
        'It is not a store of ML Metadata that this version of Cairn knows. Open it once with a newer ml-metadata, which updates it.',
      );
    }
    this.#count = db.prepare('SELECT count(*) AS count FROM Execution');
    this.#executions = db.prepare(
      `SELECT e.id, CAST(t.name AS TEXT) AS type, CAST(e.name AS TEXT) AS name, e.last_known_state AS state,
         e.create_time_since_epoch AS created, e.last_update_time_since_epoch AS updated,
         (SELECT count(*) FROM Event v WHERE v.execution_id = e.id) AS events,
         (SELECT count(*) FROM Association a WHERE a.execution_id = e.id) AS contexts,
         (SELECT max(f.last_update_time_since_epoch) FROM Event v JOIN Artifact f ON f.id = v.artifact_id
          WHERE v.execution_id = e.id) AS artifactsUpdated
       FROM Execution e LEFT JOIN Type t ON t.id = e.type_id
       WHERE e.id > ? ORDER BY e.id LIMIT ${page}`,
    );
    this.#contexts = db.prepare(
      `SELECT CAST(t.name AS TEXT) AS type, CAST(c.name AS TEXT) AS name FROM Association a
       JOIN Context c ON c.id = a.context_id LEFT JOIN Type t ON t.id = c.type_id
       WHERE a.execution_id = ? ORDER BY c.id LIMIT ${mostOfOne}`,
    );
    this.#artifacts = db.prepare(
      `SELECT a.id, CAST(t.name AS TEXT) AS type, CAST(a.name AS TEXT) AS name, CAST(a.uri AS TEXT) AS uri, a.create_time_since_epoch AS created,
         v.type AS event, v.milliseconds_since_epoch AS time
       FROM Event v JOIN Artifact a ON a.id = v.artifact_id LEFT JOIN Type t ON t.id = a.type_id
       WHERE v.execution_id = ? ORDER BY v.id LIMIT ${mostOfOne}`,
    );
    this.#executionProperties = properties(open, 'Execution');
    this.#artifactProperties = properties(open, 'Artifact');
  }

  count(): number {
    return this.#count.get()?.count ?? 0;
  }

  /** The next of them behind an id. */
  executions(after: number): ExecutionRow[] {
    return this.#executions.all(after);
  }

  /** The first that it was put into comes first. */
  contextsOf(execution: number): { type: string | null; name: string }[] {
    return this.#contexts.all(execution);
  }

  artifactsOf(execution: number): ArtifactRow[] {
    return this.#artifacts.all(execution);
  }

  executionProperties(id: number): PropertyRow[] {
    return this.#executionProperties.all(id);
  }

  artifactProperties(id: number): PropertyRow[] {
    return this.#artifactProperties.all(id);
  }
}

function properties(
  open: ForeignDatabase,
  of: 'Execution' | 'Artifact',
): Database.Statement<[number], PropertyRow> {
  const flag = open.columns(`${of}Property`)?.has('bool_value') ? 'bool_value' : 'NULL';
  return open.db.prepare(
    `SELECT CAST(name AS TEXT) AS name, int_value, double_value, substr(string_value, 1, ${longestText}) AS string_value,
       ${flag} AS bool_value
     FROM ${of}Property WHERE ${of.toLowerCase()}_id = ? ORDER BY is_custom_property, name
     LIMIT ${mostOfOne}`,
  );
}
