/** What views are told of when runs of other tools were read. */

/** Runs that are named one by one; of more, every view looks again anyway. */
const mostNamed = 1000;

/** @param runs ids of the runs that were written */
export function sourceTopics(runs: ReadonlySet<string>): string[] {
  if (runs.size === 0) return ['sources'];
  const named = [...runs].slice(0, mostNamed).map((id) => `run:${id}`);
  return ['sources', 'runs', 'workspace', ...named];
}
