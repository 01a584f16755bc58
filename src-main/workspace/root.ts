/** The root of the workspace that a folder belongs to. */

/** The nearest folder at or above `path` with .cairn, .dvc, dvc.yaml or .git; else `path` itself. */
export function findRoot(_path: string): string {
  throw new Error('being written');
}
