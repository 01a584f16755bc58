/** What differs between two machines and could explain another result. */
import type { Environment } from '../contract/runs.ts';

/** Sentences, most likely causes first; at most a few dozen. */
export function environmentDifferences(
  before: Environment | null,
  now: Environment | null,
): string[] {
  if (before === null || now === null) return [];
  const found: string[] = [];
  const compare = (what: string, left: string | undefined, right: string | undefined) => {
    if (left !== right) found.push(`${what}: ${left ?? 'none'} then, ${right ?? 'none'} here`);
  };
  compare('Python', before.python?.version, now.python?.version);
  const packages = (environment: Environment) =>
    new Map(environment.python?.packages.map((one) => [one.name.toLowerCase(), one.version]));
  const [left, right] = [packages(before), packages(now)];
  for (const name of [...new Set([...left.keys(), ...right.keys()])].sort()) {
    compare(name, left.get(name), right.get(name));
  }
  compare('System', `${before.os.name} ${before.os.version}`, `${now.os.name} ${now.os.version}`);
  compare('Architecture', before.os.arch, now.os.arch);
  compare('Processor', before.cpu.model, now.cpu.model);
  compare('GPU', before.gpus[0]?.name, now.gpus[0]?.name);
  for (const name of new Set([...Object.keys(before.variables), ...Object.keys(now.variables)])) {
    compare(name, before.variables[name], now.variables[name]);
  }
  const limit = 40;
  return found.length > limit
    ? [...found.slice(0, limit), `and ${found.length - limit} more differences`]
    : found;
}
