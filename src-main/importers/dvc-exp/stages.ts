/** What the stages of an experiment read and wrote, as the `dvc.lock` files of its commit have it. */
import { isDeepStrictEqual } from 'node:util';
import { parseLock, parsePipelineFile, resolvePath } from '../../workspace/index.ts';
import type { ImportedStage } from '../types.ts';

/** The text of a file of a tree; null for one that is not there, or is too large. */
type ReadText = (path: string) => string | null;

/**
 * @param locks paths of the `dvc.lock` files of the experiment
 * @param before reads files of the commit that it began from: a stage that is the same there was not
 *   run, and DVC took what it had made
 */
export function stagesOf(
  locks: readonly string[],
  now: ReadText,
  before: ReadText,
): ImportedStage[] {
  return [...locks].sort().flatMap((lock) => {
    const outline = lock.replace(/dvc\.lock$/, 'dvc.yaml');
    const { wdirs, metrics, plots } = parsePipelineFile(outline, now(outline) ?? '');
    const pathsOf = (named: typeof metrics): Set<string> =>
      new Set(named.map(({ wdir, path }) => resolvePath(outline, wdir, path)));
    const roles = { metric: pathsOf(metrics), plot: pathsOf(plots) };
    const known = new Map(
      parseLock(lock, before(lock) ?? '', wdirs).map((stage) => [stage.name, stage.entry]),
    );
    return parseLock(lock, now(lock) ?? '', wdirs).map(({ name, command, deps, outs, entry }) => ({
      stage: outline === 'dvc.yaml' ? name : `${outline}:${name}`,
      command,
      state: isDeepStrictEqual(known.get(name), entry) ? 'cached' : 'done',
      files: [
        ...deps.map((file) => ({ ...file, role: 'dep' as const })),
        ...outs.map((file) => ({ ...file, role: roleOf(file.path, roles) })),
      ],
    }));
  });
}

function roleOf(
  path: string,
  { metric, plot }: { readonly metric: ReadonlySet<string>; readonly plot: ReadonlySet<string> },
): 'out' | 'metric' | 'plot' {
  if (metric.has(path)) return 'metric';
  // Plots are often named by the directory that they lie in.
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    if (plot.has(path.slice(0, end))) return 'plot';
  }
  return 'out';
}
