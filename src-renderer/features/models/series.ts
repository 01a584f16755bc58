/** How far each part of a model moved over its checkpoints, as a matrix. */

/** How far each part moved from one checkpoint to another; by the names of parts, in their order. */
export type Movement = ReadonlyMap<string, number | null>;

export interface StripRow {
  readonly name: string;
  /** One for each checkpoint. */
  readonly values: readonly (number | null)[];
}

export interface Strip {
  readonly rows: readonly StripRow[];
  readonly columns: readonly string[];
}

/** Parts × checkpoints; a checkpoint that was not compared yet has an empty column. */
export function stripOf(labels: readonly string[], movements: readonly (Movement | null)[]): Strip {
  const names = [...new Set(movements.flatMap((movement) => [...(movement?.keys() ?? [])]))];
  return {
    rows: names.map((name) => ({
      name,
      values: movements.map((movement) => movement?.get(name) ?? null),
    })),
    columns: labels,
  };
}
