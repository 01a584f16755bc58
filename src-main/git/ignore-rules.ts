/** What Git ignores. Source: gitignore(5): the nearest file that says something decides. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { type GitMachine, globalIgnoreFile, isTrue } from './config.ts';
import { unlessMissing } from './files.ts';
import type { Layout } from './layout.ts';

interface Level {
  /** Folder the patterns are relative to, with a trailing `/`, or empty. */
  readonly base: string;
  readonly rules: Ignore;
}

/**
 * The rules that hold in one folder. Paths are relative to the work tree. Whether a parent is
 * ignored is the walker's business: it does not go in.
 */
export class IgnoreRules {
  /** The strongest last. */
  readonly #levels: readonly Level[];
  readonly #ignoreCase: boolean;

  private constructor(levels: readonly Level[], ignoreCase: boolean) {
    this.#levels = levels;
    this.#ignoreCase = ignoreCase;
  }

  /** The user's rules and those of the repository's `info/exclude`. */
  private static forRepository(layout: Layout, machine: GitMachine): IgnoreRules {
    const files = [
      globalIgnoreFile(layout.config, machine),
      join(layout.commonDir, 'info', 'exclude'),
    ];
    return files.reduce<IgnoreRules>(
      (rules, file) => rules.withFile('', file),
      new IgnoreRules([], isTrue(layout.config.get('core.ignorecase'))),
    );
  }

  /** The rules that hold at the opened folder, and whether the folder itself is ignored. */
  static above(layout: Layout, machine: GitMachine): { rules: IgnoreRules; ignored: boolean } {
    const { prefix, workTree } = layout;
    let rules = IgnoreRules.forRepository(layout, machine);
    let ignored = false;
    for (let end = prefix.indexOf('/'); end >= 0; end = prefix.indexOf('/', end + 1)) {
      const parent = prefix.slice(0, prefix.lastIndexOf('/', end - 1) + 1);
      rules = rules.withFile(parent, join(workTree, parent, '.gitignore'));
      ignored ||= rules.ignores(prefix.slice(0, end), true);
    }
    return { rules, ignored };
  }

  /** The rules inside `base` (work-tree path with a trailing `/`), given its `.gitignore`. */
  withFile(base: string, file: string): IgnoreRules {
    const text = unlessMissing(() => readFileSync(file, 'utf8'));
    if (text === null || text.trim() === '') return this;
    const rules = ignore({ ignorecase: this.#ignoreCase, allowRelativePaths: true });
    rules.add(text.replace(/^\uFEFF/, ''));
    return new IgnoreRules([...this.#levels, { base, rules }], this.#ignoreCase);
  }

  ignores(path: string, directory: boolean): boolean {
    for (const { base, rules } of this.#levels.toReversed()) {
      const below = path.slice(base.length);
      const { ignored, unignored } = rules.test(directory ? `${below}/` : below);
      if (ignored) return true;
      if (unignored) return false;
    }
    return false;
  }
}
