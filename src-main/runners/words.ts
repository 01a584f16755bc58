/** Commands as a user would type them. */
import type { RunSpec } from '../contract/runs.ts';

/** What to show for a run: the command itself, or the `cairn repro` that stands for it. */
export function commandText(spec: RunSpec): string {
  if (spec.kind === 'command') return spec.argv.map(quote).join(' ');
  if (spec.kind === 'notebook') {
    const given = spec.params.flatMap((param) => ['-p', quote(param)]);
    const kernel = spec.kernel === null ? [] : ['--kernel', quote(spec.kernel)];
    return ['cairn', 'run', quote(spec.path), ...given, ...kernel].join(' ');
  }
  const flags: string[] = [];
  if (spec.jobs > 1) flags.push('-j', String(spec.jobs));
  for (const param of spec.setParams) flags.push('-P', quote(param));
  if (spec.force) flags.push('--force');
  if (spec.singleItem) flags.push('--single-item');
  if (spec.downstream) flags.push('--downstream');
  if (spec.keepGoing) flags.push('--keep-going');
  return ['cairn', 'repro', ...spec.targets.map(quote), ...flags].join(' ');
}

function quote(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
