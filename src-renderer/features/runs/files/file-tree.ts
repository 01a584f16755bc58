/** The files of a run as a tree of folders: what it logged, what went in, what came out. */
import type { FileSource, Output, RunDetail, RunFile } from '../../../client/index.ts';

type RootName = 'logged' | 'inputs' | 'outputs';

export interface FileNode {
  /** `outputs:models/a.pt`; of a root `outputs:`. */
  readonly id: string;
  readonly root: RootName;
  readonly path: string;
  readonly name: string;
  readonly size: number | null;
  /** Null for a file. */
  readonly children: readonly FileNode[] | null;
  /** How the run recorded it, if it did. */
  readonly recorded: RunFile | null;
  /** A directory that the run recorded as one: its list is asked for. */
  readonly listed: boolean;
}

/** Members of recorded directories that were asked for, by their path; null is not to be had. */
export type Members = ReadonlyMap<string, Output<'files.folder'>['files']>;

interface Entry {
  readonly path: string;
  readonly size: number | null;
  readonly recorded: RunFile | null;
}

export function fileTree(
  run: Pick<RunDetail, 'files'>,
  logged: readonly { readonly path: string; readonly size: number }[],
  members: Members,
): FileNode[] {
  const recorded = (files: readonly RunFile[]): Entry[] => {
    // The same file may be read by several stages.
    const byPath = new Map(files.map((file) => [file.path, file]));
    return [...byPath.values()].map((file) => ({
      path: file.path,
      size: file.size,
      recorded: file,
    }));
  };
  const roots: [RootName, Entry[]][] = [
    ['logged', logged.map(({ path, size }) => ({ path, size, recorded: null }))],
    ['inputs', recorded(run.files.filter((file) => file.role === 'dep'))],
    ['outputs', recorded(run.files.filter((file) => file.role !== 'dep'))],
  ];
  return roots
    .filter(([, entries]) => entries.length > 0)
    .map(([root, entries]) => ({
      ...{ id: `${root}:`, root, path: '', name: root, size: null, recorded: null, listed: false },
      children: folder(root, '', entries, members),
    }));
}

function folder(
  root: RootName,
  prefix: string,
  entries: readonly Entry[],
  members: Members,
): FileNode[] {
  const groups = new Map<string, Entry[]>();
  const files: FileNode[] = [];
  for (const entry of entries) {
    const rest = entry.path.slice(prefix.length);
    const slash = rest.indexOf('/');
    if (slash === -1) files.push(leaf(root, rest, entry, members));
    else {
      const name = rest.slice(0, slash);
      const group = groups.get(name) ?? [];
      group.push(entry);
      groups.set(name, group);
    }
  }
  const folders = [...groups].map(([name, below]): FileNode => {
    const path = prefix + name;
    const children = folder(root, `${path}/`, below, members);
    const only = children.length === 1 ? children[0] : undefined;
    // A chain of folders with nothing else in them takes one row.
    if (only?.children && !only.listed) return { ...only, name: `${name}/${only.name}` };
    const size = null;
    return {
      id: `${root}:${path}`,
      root,
      path,
      name,
      size,
      children,
      recorded: null,
      listed: false,
    };
  });
  return [...folders.sort(byName), ...files.sort(byName)];
}

function leaf(root: RootName, name: string, entry: Entry, members: Members): FileNode {
  const { path, size, recorded } = entry;
  const id = `${root}:${path}`;
  const isFolder = recorded?.files != null || recorded?.hash?.endsWith('.dir') === true;
  if (!isFolder) return { id, root, path, name, size, children: null, recorded, listed: false };
  const below = (members.get(path) ?? []).map((file) => ({
    path: `${path}/${file.path}`,
    size: file.size,
    recorded: null,
  }));
  const children = folder(root, `${path}/`, below, members);
  return { id, root, path, name, size, children, recorded, listed: true };
}

const collator = new Intl.Collator(undefined, { numeric: true });

function byName(a: FileNode, b: FileNode): number {
  return collator.compare(a.name, b.name);
}

/** The rows that can be seen, from the top. */
export function shownRows(
  nodes: readonly FileNode[],
  isOpen: (node: FileNode) => boolean,
  level = 1,
): { readonly node: FileNode; readonly level: number; readonly open: boolean | null }[] {
  return nodes.flatMap((node) => {
    if (node.children === null) return [{ node, level, open: null }];
    const open = isOpen(node);
    const below = open ? shownRows(node.children, isOpen, level + 1) : [];
    return [{ node, level, open }, ...below];
  });
}

export function findNode(nodes: readonly FileNode[], id: string): FileNode | null {
  for (const node of nodes) {
    if (node.id === id) return node;
    const found = node.children === null ? null : findNode(node.children, id);
    if (found !== null) return found;
  }
  return null;
}

export function sourceOf(runId: string, node: Pick<FileNode, 'root' | 'path'>): FileSource {
  return node.root === 'logged'
    ? { kind: 'artifact', run: runId, path: node.path }
    : { kind: 'tracked', reference: runId, path: node.path };
}
