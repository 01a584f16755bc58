/**
 * The machine and the packages that a run sees. Nothing of the project is executed for it: packages
 * are read from their metadata on disk, and of the environment's variables only those on a list.
 */
import type { Environment, RunSpec } from '../../contract/runs.ts';
import { readLockfiles } from './lockfiles.ts';
import { findInterpreter, readPython } from './python.ts';
import { readGpus, readSystem } from './system.ts';
import { allowedVariables } from './variables.ts';

export interface CaptureOptions {
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly spec: RunSpec;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export async function captureEnvironment(options: CaptureOptions): Promise<Environment> {
  const { root, spec, env } = options;
  // A notebook is executed by the project's environment rather than by what is first on the path.
  const first = {
    command: 'argv' in spec ? (spec.argv[0] ?? '') : '',
    pipeline: 'python3',
    notebook: 'jupyter',
  }[spec.kind];
  const interpreter = findInterpreter(first, root, env);
  const [python, gpus] = await Promise.all([
    interpreter === null ? null : readPython(interpreter, env),
    readGpus(env),
  ]);
  return {
    ...readSystem(),
    gpus,
    python,
    lockfiles: readLockfiles(root),
    variables: allowedVariables(env),
    locale:
      env.LC_ALL ?? env.LC_CTYPE ?? env.LANG ?? Intl.DateTimeFormat().resolvedOptions().locale,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

export { findInterpreter, readPython } from './python.ts';
