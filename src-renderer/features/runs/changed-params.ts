export interface ParamChange {
  readonly key: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Params that were added, removed or changed, by key. */
export function changedParams(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): ParamChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => {
    const change = { key, before: before[key] ?? null, after: after[key] ?? null };
    return change.before === change.after ? [] : [change];
  });
}
