/** The text files of one side, so that pipeline, params and metrics are read alike from all. */
import type { BundleView } from '../../bundles/index.ts';
import type { Side } from '../../contract/diff.ts';
import { discover } from '../../pipelines/discover.ts';
import { Ignored } from '../../pipelines/ignored.ts';
import { workspaceReader } from '../../pipelines/index.ts';
import { isPipelineFile } from '../../workspace/index.ts';
import type { DiffSession } from './context.ts';
import { decodeText, maxTextBytes } from './text.ts';
import { readWorkFile } from './work-file.ts';

export interface SideFiles {
  /** Workspace paths of every dvc.yaml, dvc.lock and .dvc file. */
  readonly pipelineFiles: readonly string[];
  /** Null where there is no such file, or it is too large to be one of these. */
  text(path: string): Promise<string | null>;
  /** Whether Git keeps this file, so that it is code and not data. */
  isCode(path: string): boolean;
}

/** Null for a run whose code was not recorded. */
export function sideFiles(session: DiffSession, side: Side): SideFiles | null {
  if (side.kind === 'workspace') return workFiles(session);
  const { code } = session;
  const { commit } = side;
  if (commit === null || code === null) return null;
  const tree = code.listTree(commit);
  return {
    pipelineFiles: [...tree.keys()].filter(isPipelineFile),
    text: async (path) => {
      const bytes = tree.has(path) ? code.readBlob(commit, path) : null;
      return bytes === null || bytes.length > maxTextBytes ? null : decodeText(bytes);
    },
    isCode: (path) => tree.has(path),
  };
}

/** The code in a bundle that is open. */
export function bundleFiles(bundle: BundleView): SideFiles {
  return {
    pipelineFiles: [...bundle.code.keys()].filter(isPipelineFile),
    text: async (path) => {
      const entry = bundle.code.get(path);
      if (entry === undefined || entry.size > maxTextBytes) return null;
      return decodeText(await bundle.archive.read(entry));
    },
    isCode: (path) => bundle.code.has(path),
  };
}

function workFiles(session: DiffSession): SideFiles {
  const { root } = session.workspace;
  const head = session.repository?.head().oid ?? null;
  const tree = head === null ? null : session.repository?.listTree(head);
  const pipelineFiles: string[] = [];
  discover(root, {
    ignored: new Ignored(workspaceReader(root)).path,
    visit: (path) => {
      pipelineFiles.push(path);
      if (path.endsWith('dvc.yaml')) pipelineFiles.push(path.replace(/dvc\.yaml$/, 'dvc.lock'));
      return [];
    },
  });
  return {
    pipelineFiles,
    text: async (path) => {
      const bytes = await readWorkFile(root, path, maxTextBytes);
      return bytes === null || bytes === 'too large' ? null : decodeText(bytes);
    },
    isCode: (path) => tree?.has(path) ?? false,
  };
}
