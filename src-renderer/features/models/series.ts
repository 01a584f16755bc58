/** How far each part of a model moved over its checkpoints, as a matrix. */

/** How far each part moved from one checkpoint to another; by the names of parts, in their order. */
export type Movement = ReadonlyMap<string, number | null>;

export interface Strip {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly values: readonly (readonly (number | null)[])[];
}

/** Parts × checkpoints; a checkpoint that was not compared yet has an empty column. */
export function stripOf(labels: readonly string[], movements: readonly (Movement | null)[]): Strip {
  const rows = [...new Set(movements.flatMap((movement) => [...(movement?.keys() ?? [])]))];
  return {
    rows,
    columns: labels,
    values: rows.map((row) => movements.map((movement) => movement?.get(row) ?? null)),
  };
}
