/** What two runs saw of the machine and its packages. */
import type { DiffSummary } from '../../contract/diff.ts';
import type { Environment } from '../../contract/runs.ts';
import { changeOf } from './values.ts';

type Row = DiffSummary['environment'][number];

/** Empty unless both environments were recorded. */
export function diffEnvironments(left: Environment | null, right: Environment | null): Row[] {
  if (!left || !right) return [];
  return [
    ...compare('package', packagesOf(left), packagesOf(right)),
    ...compare('system', systemOf(left), systemOf(right)),
    ...compare('variable', toMap(left.variables), toMap(right.variables)),
    ...compare('lockfile', lockfilesOf(left), lockfilesOf(right)),
  ];
}

function compare(
  section: Row['section'],
  left: ReadonlyMap<string, string>,
  right: ReadonlyMap<string, string>,
): Row[] {
  const keys = [...new Set([...left.keys(), ...right.keys()])];
  // The order of the system's facts is by meaning, that of the rest by name.
  if (section !== 'system') keys.sort();
  return keys.map((key) => {
    const [before, after] = [left.get(key) ?? null, right.get(key) ?? null];
    return { section, key, left: before, right: after, change: changeOf(before, after) };
  });
}

function toMap(record: Readonly<Record<string, string>>): Map<string, string> {
  return new Map(Object.entries(record));
}

/** By normalised name (PEP 503), with where it came from when that is not an index. */
function packagesOf({ python }: Environment): Map<string, string> {
  return new Map(
    python?.packages.map(({ name, version, origin }) => [
      name.toLowerCase().replace(/[-_.]+/g, '-'),
      origin === null ? version : `${version} (${origin})`,
    ]),
  );
}

function systemOf(environment: Environment): Map<string, string> {
  const { os, cpu, memoryBytes, gpus, python, locale, timezone } = environment;
  const facts: Array<[string, string]> = [
    ['os', `${os.name} ${os.version}`],
    ['kernel', os.kernel],
    ['arch', os.arch],
    ['cpu', `${cpu.model} × ${cpu.cores}`],
    ['memory', `${(memoryBytes / 2 ** 30).toFixed(1)} GiB`],
    ...gpus.map((gpu, index): [string, string] => [
      `gpu ${index}`,
      `${gpu.name}, driver ${gpu.driver}`,
    ]),
  ];
  if (python) facts.push(['python', `${python.implementation} ${python.version}`]);
  facts.push(['locale', locale], ['timezone', timezone]);
  return new Map(facts);
}

function lockfilesOf({ lockfiles }: Environment): Map<string, string> {
  return new Map(lockfiles.map(({ path, sha256 }) => [path, sha256.slice(0, 12)]));
}
