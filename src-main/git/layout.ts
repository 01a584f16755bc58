/**
 * Where the parts of a repository lie: work tree, git folder, and the common folder that linked
 * worktrees share. Source: gitrepository-layout(5).
 */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { CairnError } from '../base/errors.ts';
import { type GitConfig, type GitMachine, readConfig } from './config.ts';
import { corrupt } from './errors.ts';
import { unlessMissing } from './files.ts';

export interface Layout {
  /** Absolute, with links resolved. */
  readonly workTree: string;
  /** HEAD, the index and operations under way. */
  readonly gitDir: string;
  /** Objects, refs and configuration; the same as `gitDir` except in a linked worktree. */
  readonly commonDir: string;
  /** The opened folder relative to the work tree, with `/` and a trailing one, or empty. */
  readonly prefix: string;
  readonly config: GitConfig;
}

/**
 * Finds the repository that `root` lies in.
 * @throws CairnError `corrupt` when `.git` leads nowhere, `unsupported` for formats not read here.
 */
export function findLayout(root: string, machine: GitMachine): Layout | null {
  const from = realpathSync(root);
  for (let folder = from; ; folder = dirname(folder)) {
    const gitDir = gitDirOf(folder);
    if (gitDir !== null) {
      const below = relative(folder, from).split(sep).join('/');
      return layoutOf(folder, gitDir, below === '' ? '' : `${below}/`, machine);
    }
    if (dirname(folder) === folder) return null;
  }
}

/** The layout of a bare git folder with a work tree elsewhere. */
export function bareLayout(gitDir: string, workTree: string, machine: GitMachine): Layout {
  return layoutOf(realpathSync(workTree), gitDir, '', machine);
}

/** The commit that the repository in `folder` has checked out is read from here. */
export function gitDirOf(folder: string): string | null {
  const dotGit = join(folder, '.git');
  const stat = unlessMissing(() => statSync(dotGit));
  if (stat === null) return null;
  if (stat.isDirectory()) {
    // Like Git: a folder that merely has the name is passed over.
    return existsSync(join(dotGit, 'HEAD')) || existsSync(join(dotGit, 'objects')) ? dotGit : null;
  }
  if (!stat.isFile() || stat.size > 65_536) return null;
  const target = /^gitdir: (.+?)\r?\n?$/.exec(readFileSync(dotGit, 'utf8'))?.[1];
  if (target === undefined) throw corrupt(`${dotGit} does not name a git folder`);
  const gitDir = resolve(folder, target);
  if (!existsSync(gitDir)) {
    throw corrupt(
      `${dotGit} leads to ${gitDir}, which does not exist (after moving a worktree: "git worktree repair")`,
    );
  }
  return gitDir;
}

function layoutOf(workTree: string, gitDir: string, prefix: string, machine: GitMachine): Layout {
  const common = unlessMissing(() => readFileSync(join(gitDir, 'commondir'), 'utf8'));
  const commonDir = common === null ? gitDir : resolve(gitDir, common.trim());
  if (!existsSync(join(commonDir, 'objects'))) throw corrupt('it has no objects folder');
  const config = readConfig(commonDir, gitDir, machine);
  const objectFormat = config.get('extensions.objectformat') ?? 'sha1';
  if (objectFormat !== 'sha1') {
    throw unsupported(`names its objects by ${objectFormat.toUpperCase()}`);
  }
  const refFormat = config.get('extensions.refstorage') ?? 'files';
  if (refFormat !== 'files') throw unsupported(`keeps its branches in the format "${refFormat}"`);
  return { workTree, gitDir, commonDir, prefix, config };
}

function unsupported(what: string): CairnError {
  return new CairnError(
    'unsupported',
    `This Git repository ${what}, which Cairn does not read yet; the folder opens without its history.`,
  );
}
