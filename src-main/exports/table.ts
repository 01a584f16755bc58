/** A table on its way to a file: columns that were named first, then rows in batches. */

export interface Column {
  readonly name: string;
  readonly type: 'text' | 'number' | 'time';
}

/** A time is epoch ms. Null is no value; a NaN is one. */
export type Cell = string | number | null;

/** Takes a table in pieces. */
export interface TableWriter {
  /** @param columns as many as were named, all of one length */
  write(columns: readonly (readonly Cell[])[]): void;
  /** Nothing is written after it. */
  end(): void;
}
