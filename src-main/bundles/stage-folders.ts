/** The folders in which the stages of a run work, from the dvc.yaml that the snapshot holds. */
import { posix } from 'node:path';
import type { RunDetail } from '../contract/runs.ts';
import { parseYaml } from '../formats/yaml.ts';
import type { CodeStore } from '../git/index.ts';

/**
 * Stage address → folder relative to the root, `.` for the root itself. A `wdir` that is a template
 * or cannot be read counts as the folder of its dvc.yaml.
 */
export function stageFolders(run: RunDetail, code: CodeStore | null): Map<string, string> {
  const read = new Map<string, Record<string, unknown>>();
  return new Map(
    run.executions.map(({ stage }) => {
      const colon = stage.lastIndexOf(':');
      const [file, name] =
        colon === -1 ? ['dvc.yaml', stage] : [stage.slice(0, colon), stage.slice(colon + 1)];
      const stages = read.get(file) ?? stagesOf(file, run.snapshot, code);
      read.set(file, stages);
      const wdir = workingFolder(stages[name] ?? stages[name.split('@')[0] ?? '']);
      return [stage, posix.join(posix.dirname(file), wdir)];
    }),
  );
}

function stagesOf(
  file: string,
  snapshot: string | null,
  code: CodeStore | null,
): Record<string, unknown> {
  if (snapshot === null) return {};
  try {
    const bytes = code?.readBlob(snapshot, file);
    const text = bytes ? Buffer.from(bytes).toString('utf8') : '';
    const { stages } = (parseYaml(text, file).value ?? {}) as { stages?: unknown };
    return (stages ?? {}) as Record<string, unknown>;
  } catch {
    // The file is in the bundle for whoever wants to know what is wrong with it.
    return {};
  }
}

/** Of a plain stage, or of the template of a `foreach` one. */
function workingFolder(stage: unknown): string {
  const { wdir, do: template } = (stage ?? {}) as { wdir?: unknown; do?: { wdir?: unknown } };
  const found = wdir ?? template?.wdir;
  return typeof found === 'string' && !found.includes('${') && !posix.isAbsolute(found)
    ? found
    : '.';
}
