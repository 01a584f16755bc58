/**
 * What is where in a bundle. The zip's root is the root of an RO-Crate; `project/` is the folder as
 * it was when the run began, `outputs/` what the run made, at the same relative paths.
 */
import { z } from 'zod';
import { CairnError } from '../base/errors.ts';
import { environment, runSpec } from '../contract/runs.ts';

export const names = {
  crate: 'ro-crate-metadata.json',
  readme: 'REPRODUCE.md',
  record: 'cairn.json',
  /** As `sha256sum` writes and checks it, for every other file. */
  manifest: 'manifest-sha256.txt',
  environment: 'environment/environment.json',
  requirements: 'environment/requirements.txt',
  metrics: 'metrics/metrics.csv',
  project: 'project/',
  outputs: 'outputs/',
  logs: 'logs/',
  /** The executed copy of a notebook, as the run left it. */
  executed: 'executed/',
} as const;

/** The newest format of {@link bundleRecord} that this program writes and reads. */
export const formatVersion = 1;

const content = z.object({
  path: z.string(),
  /** DVC's MD5, `….dir` for a directory; null when it could not be hashed. */
  hash: z.string().nullable(),
  size: z.number().nullable(),
  files: z.number().nullable(),
  role: z.enum(['dep', 'out', 'metric', 'plot']),
  stage: z.string(),
  /** Whether the content is in the bundle. */
  included: z.boolean(),
  /** Whether it is part of the code: of the snapshot, rather than of the data. */
  code: z.boolean().optional(),
});
export type BundleContent = z.infer<typeof content>;

/** `cairn.json`: what a program needs to run it again and to judge the result. */
export const bundleRecord = z.object({
  format: z.number(),
  run: z.object({
    id: z.string(),
    label: z.string(),
    name: z.string(),
    kind: z.string(),
    status: z.string(),
    command: z.string(),
    cwd: z.string(),
    note: z.string(),
    createdAt: z.number(),
    startedAt: z.number().nullable(),
    endedAt: z.number().nullable(),
    exitCode: z.number().nullable(),
    snapshot: z.string().nullable(),
    baseCommit: z.string().nullable(),
  }),
  spec: runSpec,
  stages: z.array(z.object({ stage: z.string(), command: z.string(), state: z.string() })),
  params: z.array(z.object({ file: z.string(), key: z.string(), value: z.string() })),
  inputs: z.array(content),
  outputs: z.array(content),
  omitted: z.array(z.object({ path: z.string(), size: z.number().nullable(), reason: z.string() })),
  environment: environment.nullable(),
});
export type BundleRecord = z.infer<typeof bundleRecord>;

/** @throws CairnError `corrupt` or `too-new` */
export function parseRecord(text: string): BundleRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CairnError('corrupt', `${names.record} in the bundle is not JSON.`, { cause });
  }
  const format = z.object({ format: z.number() }).safeParse(value);
  if (format.success && format.data.format > formatVersion) {
    throw new CairnError(
      'too-new',
      'The bundle was written by a newer Cairn. Update Cairn, or follow its REPRODUCE.md by hand.',
    );
  }
  const record = bundleRecord.safeParse(value);
  if (!record.success) {
    throw new CairnError('corrupt', `${names.record} in the bundle lacks what it should hold.`, {
      cause: record.error,
    });
  }
  return record.data;
}
