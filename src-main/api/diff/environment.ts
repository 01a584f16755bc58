/** What runs saw of the machine and its packages. */
import type { DiffSummary } from '../../contract/diff.ts';
import type { Environment } from '../../contract/runs.ts';
import { compareVersions } from '../../diffing/pep440.ts';
import { changeOf } from './values.ts';

type Row = DiffSummary['environment'][number];
export type EnvironmentSection = Row['section'];

/** Every fact of an environment by its section; those of the system by meaning, the rest by name. */
export type EnvironmentFacts = Readonly<Record<EnvironmentSection, ReadonlyMap<string, string>>>;

export const environmentSections = ['package', 'system', 'variable', 'lockfile'] as const;

export function factsOf(environment: Environment): EnvironmentFacts {
  return {
    package: packagesOf(environment),
    system: systemOf(environment),
    variable: new Map(Object.entries(environment.variables)),
    lockfile: lockfilesOf(environment),
  };
}

/** Keys of any of the sides, in the order of the section. */
export function keysOf(
  section: EnvironmentSection,
  sides: readonly (EnvironmentFacts | null)[],
): string[] {
  const keys = [...new Set(sides.flatMap((side) => [...(side?.[section].keys() ?? [])]))];
  return section === 'system' ? keys : keys.sort();
}

/** Empty unless both environments were recorded. */
export function diffEnvironments(left: Environment | null, right: Environment | null): Row[] {
  if (!left || !right) return [];
  const [a, b] = [factsOf(left), factsOf(right)];
  return environmentSections.flatMap((section) =>
    keysOf(section, [a, b]).map((key): Row => {
      const [before, after] = [a[section].get(key) ?? null, b[section].get(key) ?? null];
      const direction = directionOf(section, key, before, after);
      return {
        section,
        key,
        left: before,
        right: after,
        change: changeOf(before, after),
        direction,
      };
    }),
  );
}

/** Whether a package, or Python itself, went to a newer version or back. */
function directionOf(
  section: EnvironmentSection,
  key: string,
  before: string | null,
  after: string | null,
): Row['direction'] {
  if (before === null || after === null || before === after) return null;
  const isPython = section === 'system' && key === 'python';
  if (section !== 'package' && !isPython) return null;
  const [left, right] = [before, after].map((text) =>
    isPython ? text.replace(/^\S+ /, '') : text,
  );
  const order = compareVersions(left ?? '', right ?? '');
  return order === null || order === 0 ? null : order < 0 ? 'up' : 'down';
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
