/**
 * A table in JSON as pandas writes it with `orient="split"`, which is how MLflow's `log_table` keeps tables:
 * `{"columns": ["a", "b"], "data": [[1, "x"], [2, null]]}`.
 */
import { CairnError } from '../../base/errors.ts';

export interface JsonTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Whether the beginning of a JSON text promises such a table. */
export function looksLikeTable(start: string): boolean {
  return /^\s*\{\s*"(?:columns|index)"\s*:\s*\[/.test(start) && /"data"\s*:\s*\[/.test(start);
}

/** @throws CairnError `corrupt` for JSON that is something else, or none */
export function readJsonTable(text: string, path: string): JsonTable {
  const { columns, data } = parse(text, path);
  if (!Array.isArray(columns) || !Array.isArray(data) || !data.every(Array.isArray)) {
    throw new CairnError('corrupt', `${path} is not a table with “columns” and “data”.`);
  }
  const rows = data as readonly (readonly unknown[])[];
  return {
    columns: columns.map((name) => cellOf(name) ?? ''),
    rows: rows.map((row) => columns.map((_, at) => cellOf(row[at]))),
  };
}

function parse(text: string, path: string): { columns?: unknown; data?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch (cause) {
    throw new CairnError('corrupt', `${path} is not valid JSON.`, { cause });
  }
}

/** Text as it is, other values as JSON writes them. */
function cellOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
