/**
 * The layer rule of ARCHITECTURE.md, as one table. A file may import from its own folder and from
 * lower ranks; folders of equal rank do not import each other. Run by `npm run lint`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

/** Folder (or file) of `src-main` → rank. */
export const mainRanks: Readonly<Record<string, number>> = {
  contract: 0,
  base: 0,
  rpc: 1,
  store: 1,
  cas: 1,
  git: 1,
  formats: 1,
  processes: 1,
  workspace: 2,
  tracking: 2,
  lineage: 2,
  pipelines: 2,
  remotes: 2,
  notebooks: 2,
  runners: 3,
  importers: 3,
  models: 3,
  diffing: 3,
  registry: 3,
  checks: 3,
  bundles: 3,
  exports: 3,
  tidy: 3,
  sync: 3,
  api: 4,
  mlflow: 4,
  'app.ts': 5,
  shells: 6,
};

/** `src-renderer`, left to right; each imports only to the left. */
export const rendererOrder = [
  'i18n',
  'client',
  'state',
  'ui',
  'charts',
  'features',
  'shell',
] as const;

export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly target: string;
  readonly rule: string;
}

const importPattern = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(['"])([^'"\n]+)\1/g;

/** Forbidden imports of one file. `file` is relative to the repository root, with `/`. */
export function checkFile(file: string, text: string): Violation[] {
  const found: Violation[] = [];
  for (const match of text.matchAll(importPattern)) {
    const specifier = match[2] as string;
    const rule = isForEffect(file, match[0], specifier)
      ? 'the build leaves out what is imported for its effects alone (electron.vite.config.ts)'
      : specifier.startsWith('.')
        ? relativeRule(file, posix.normalize(posix.join(posix.dirname(file), specifier)))
        : packageRule(file, specifier);
    if (rule === null) continue;
    const line = text.slice(0, match.index).split('\n').length;
    found.push({ file, line, target: specifier, rule });
  }
  return found;
}

/** `import './x.ts'` in the renderer, whose modules the build takes for free of side effects. */
function isForEffect(file: string, statement: string, specifier: string): boolean {
  return (
    file.startsWith('src-renderer/') &&
    /^import\s+['"]/.test(statement) &&
    /^\..*\.tsx?$/.test(specifier)
  );
}

function packageRule(file: string, name: string): string | null {
  if (name === 'electron' || name.startsWith('electron/')) {
    const allowed = file.startsWith('src-main/shells/electron/') || file.startsWith('src-preload/');
    if (!allowed) return 'only shells/electron and src-preload import electron';
  }
  if (name.startsWith('plotly.js') && !file.startsWith('src-renderer/charts/')) {
    return 'only charts/ imports plotly';
  }
  if (name.startsWith('node:') && isNeutral(file)) {
    return 'contract/ and rpc/ run everywhere and import nothing of Node';
  }
  if (
    name.startsWith('node:') &&
    (file.startsWith('src-renderer/') || file.startsWith('src-preload/'))
  ) {
    return 'the renderer and the preload import nothing of Node';
  }
  return null;
}

function isNeutral(file: string): boolean {
  return file.startsWith('src-main/contract/') || file.startsWith('src-main/rpc/');
}

function relativeRule(file: string, target: string): string | null {
  const from = file.split('/');
  const to = target.split('/');
  if (from[0] === 'src-main') {
    if (to[0] !== 'src-main') return 'src-main imports only from src-main';
    return mainRule(from[1] as string, to[1] as string, target);
  }
  if (from[0] === 'src-renderer') return rendererRule(from, to);
  if (from[0] === 'src-preload' && to[0] !== 'src-preload') {
    return to[0] === 'src-main' && to[1] === 'contract'
      ? null
      : 'the preload imports only contract/';
  }
  return null;
}

function mainRule(from: string, to: string, target: string): string | null {
  if (from === to) return null;
  const targetRank = mainRanks[to];
  if (targetRank === undefined) return `src-main/${to} has no rank in scripts/layers.ts`;
  if (from === 'workers') {
    return targetRank <= 1 ? null : `a worker entry imports ranks 0 and 1, not ${target}`;
  }
  const rank = mainRanks[from];
  if (rank === undefined) return `src-main/${from} has no rank in scripts/layers.ts`;
  return targetRank < rank
    ? null
    : `rank ${rank} (${from}) may not import rank ${targetRank} (${to})`;
}

function rendererRule(from: string[], to: string[]): string | null {
  if (to[0] === 'src-main') {
    const neutral = to[1] === 'contract' || to[1] === 'rpc';
    return from[1] === 'client' && neutral
      ? null
      : 'only client/ reaches src-main, and there only contract/ and rpc/';
  }
  if (to[0] !== 'src-renderer') return 'the renderer imports only from itself';
  if (from.length === 2 || from[1] === to[1]) {
    const features = from[1] === 'features' && from[2] !== to[2];
    return features ? 'features do not import each other' : null;
  }
  const rank = (rendererOrder as readonly string[]).indexOf(from[1] as string);
  const targetRank = (rendererOrder as readonly string[]).indexOf(to[1] as string);
  if (rank === -1) return `src-renderer/${from[1]} is not in the order of scripts/layers.ts`;
  if (targetRank === -1) return `src-renderer/${to[1]} is not in the order of scripts/layers.ts`;
  return targetRank < rank ? null : `${from[1]} may not import ${to[1]}`;
}

/** Every forbidden import under the three source folders of `root`. */
export function checkTree(root: string): Violation[] {
  const found: Violation[] = [];
  for (const top of ['src-main', 'src-renderer', 'src-preload']) {
    for (const entry of readdirSync(join(root, top), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      found.push(
        ...checkFile(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')),
      );
    }
  }
  return found;
}

if (import.meta.main) {
  const violations = checkTree(dirname(import.meta.dirname));
  for (const v of violations) console.error(`${v.file}:${v.line}: imports ${v.target}: ${v.rule}`);
  if (violations.length > 0) process.exit(1);
  console.log('layers: no forbidden import');
}
