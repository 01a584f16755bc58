/** Opening a folder: what it is, what was found in it, whether it is trusted. */
import { z } from 'zod';
import { empty, progress } from './common.ts';
import { operation } from './operation.ts';

/** The state shown in the status line. */
export const workspaceInfo = z.object({
  root: z.string(),
  name: z.string(),
  /** Trusted folders may run things and hold `.cairn/`; untrusted ones are only read. */
  trusted: z.boolean(),
  readOnly: z.boolean(),
  /** Where the store lives: inside `.cairn/`, or in the user's data folder. */
  storePath: z.string(),
  git: z
    .object({
      branch: z.string().nullable(),
      head: z.string().nullable(),
      /** Files that differ from HEAD, untracked ones among them; null while unknown. */
      dirty: z.number().nullable(),
      /** A merge, rebase, cherry-pick or bisect under way. */
      operation: z.string().nullable(),
      /** Set when the repository could not be read; the rest of the folder still opens. */
      problem: z.string().nullable(),
      /** Commits whose changes could not be read, each in a sentence; some of them when many. */
      unread: z.array(z.string()),
    })
    .nullable(),
  pipeline: z.object({
    present: z.boolean(),
    stages: z.number(),
    /** The parse error with file, line and column, when dvc.yaml is broken. */
    problem: z.string().nullable(),
  }),
  counts: z.object({
    experiments: z.number(),
    runs: z.number(),
    running: z.number(),
    commits: z.number(),
  }),
  /** Bytes of the local object cache (`.dvc/cache`) if it was measured, else null. */
  cacheBytes: z.number().nullable(),
  /** Where MLflow's clients log to (the token is told by `cairn env`); null when nothing listens. */
  mlflow: z.object({ url: z.string() }).nullable(),
});
export type WorkspaceInfo = z.infer<typeof workspaceInfo>;

/** One thing the audit recognised in the folder. */
export const auditItem = z.object({
  kind: z.enum([
    'git',
    'dvc',
    'pipeline',
    'lockfile',
    'data',
    'params',
    'metrics',
    'notebook',
    'model',
    'environment',
    'store',
  ]),
  path: z.string(),
  detail: z.string(),
  problem: z.string().nullable(),
});
export type AuditItem = z.infer<typeof auditItem>;

export const recentFolder = z.object({
  path: z.string(),
  name: z.string(),
  openedAt: z.number(),
  exists: z.boolean(),
});

/**
 * What changed, coarse enough to be cheap: a view refetches what it shows when its topic comes by.
 * `run:<id>` follows one run (status, stages, metrics); `log` growth has its own stream.
 */
export const changeEvent = z.object({ topics: z.array(z.string()) });

export const workspaceOperations = {
  'workspace.info': operation({
    effect: 'read',
    input: empty,
    output: workspaceInfo.nullable(),
  }),
  'workspace.open': operation({
    effect: 'read',
    input: z.object({ path: z.string() }),
    item: progress,
    output: workspaceInfo,
  }),
  'workspace.close': operation({ effect: 'read', input: empty, output: empty }),
  'workspace.recents': operation({
    effect: 'read',
    input: empty,
    output: z.object({ folders: z.array(recentFolder), example: z.string().nullable() }),
  }),
  'workspace.forget': operation({
    effect: 'write',
    input: z.object({ path: z.string() }),
    output: empty,
  }),
  /** Copies the example project to a new folder the user owns and returns its path. */
  'workspace.createExample': operation({
    effect: 'write',
    input: empty,
    output: z.object({ path: z.string() }),
  }),
  'workspace.setTrust': operation({
    effect: 'write',
    input: z.object({ trusted: z.boolean() }),
    output: workspaceInfo,
  }),
  'workspace.audit': operation({
    effect: 'read',
    input: empty,
    output: z.object({ items: z.array(auditItem) }),
  }),
  /**
   * Folders below `path`, for the picker of the browser page. Null begins in the folder that is open
   * where files are looked for, and else at home.
   */
  'workspace.browse': operation({
    effect: 'read',
    input: z.object({ path: z.string().nullable(), showFiles: z.boolean().default(false) }),
    output: z.object({
      path: z.string(),
      parent: z.string().nullable(),
      entries: z.array(
        z.object({
          name: z.string(),
          path: z.string(),
          directory: z.boolean(),
          project: z.boolean(),
        }),
      ),
    }),
  }),
  /** Never ends by itself: emits one item per batch of changes until aborted. */
  'workspace.changes': operation({
    effect: 'read',
    input: empty,
    item: changeEvent,
    output: empty,
  }),
} as const;
