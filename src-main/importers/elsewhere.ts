/** Runs of a folder outside of the workspace: their paths must not pass for paths in it. */
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ImportedRun, RunSink } from './types.ts';

/** A sink for the readers of such a folder, which name paths below `root`. */
export function fromElsewhere(sink: RunSink, root: string): RunSink {
  const toUrl = (path: string) => (isUrl(path) ? path : pathToFileURL(join(root, path)).href);
  return {
    run: (run) => sink.run(withUrls(run, toUrl)),
    done: (key, stamp, state) => sink.done(key, stamp, state),
    skipped: (key, reason) => sink.skipped(key, reason),
    forget: (key) => sink.forget(key),
    gone: (nativeId) => sink.gone(nativeId),
    models: (models) => sink.models(models),
  };
}

/**
 * Where what a run names lies.
 * @param root absolute workspace root
 * @returns null for a URL that names no file of this machine
 */
export function absoluteOf(root: string, path: string): string | null {
  if (!isUrl(path)) return join(root, path);
  try {
    return fileURLToPath(path);
  } catch {
    return null;
  }
}

function withUrls(run: ImportedRun, toUrl: (path: string) => string): ImportedRun {
  const { artifactRoot, notebook, media, ...rest } = run;
  return {
    ...rest,
    ...(artifactRoot === undefined
      ? {}
      : { artifactRoot: artifactRoot === null ? null : toUrl(artifactRoot) }),
    // A notebook that is not in the workspace cannot be opened from it.
    ...(notebook === undefined ? {} : { notebook: null }),
    ...(media === undefined
      ? {}
      : { media: media.map((one) => ({ ...one, path: toUrl(one.path) })) }),
  };
}

/** A single letter before the colon is a drive. */
function isUrl(path: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(path);
}
