import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type RunDetail,
  type RunFile,
  topics,
  useCall,
  useOperation,
} from '../../../client/index.ts';
import { to, useGo, useRoute } from '../../../state/index.ts';
import {
  CopyText,
  EmptyState,
  MiddleEllipsis,
  notifyError,
  Size,
  Skeletons,
  SplitPane,
  TreeView,
} from '../../../ui/index.ts';
import { FileView } from './FileView.tsx';
import {
  type FileNode,
  fileTree,
  findNode,
  type Members,
  shownRows,
  sourceOf,
} from './file-tree.ts';
import css from './files.module.css';

/** A tree with fewer files is open from the start. */
const openBelow = 60;

/** What a run logged, what went into it and what came out, each to be looked at. */
export function FilesTab({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation(['files', 'runs']);
  const call = useCall();
  const route = useRoute();
  const go = useGo();
  const [width, setWidth] = useState(300);
  const [members, setMembers] = useState<Members>(new Map());
  const [folded, setFolded] = useState<ReadonlyMap<string, boolean>>(new Map());
  const { data } = useOperation(
    'sources.artifacts',
    { id: run.id, limit: 10_000 },
    { topics: [topics.sources, `run:${run.id}`] },
  );
  const nodes = useMemo(() => fileTree(run, data?.files ?? [], members), [run, data, members]);
  const chosen = route.query.file ?? null;
  const node = chosen === null ? null : findNode(nodes, chosen);
  const small = (data?.files.length ?? 0) + run.files.length < openBelow;
  const isOpen = useCallback(
    (one: FileNode): boolean =>
      folded.get(one.id) ?? (one.path === '' || (small && !one.listed) || holds(one, chosen)),
    [folded, small, chosen],
  );
  const list = useCallback(
    async (path: string): Promise<void> => {
      try {
        const { files } = await call('files.folder', { run: run.id, path });
        setMembers((before) => new Map(before).set(path, files));
      } catch (error) {
        notifyError(error);
      }
    },
    [call, run.id],
  );
  const shown = useMemo(() => shownRows(nodes, isOpen), [nodes, isOpen]);
  // A directory that is open because of the address, or was opened: its list is asked for once.
  useEffect(() => {
    for (const { node: one, open } of shown) {
      if (open === true && one.listed && !members.has(one.path)) {
        setMembers((before) => new Map(before).set(one.path, []));
        void list(one.path);
      }
    }
  }, [shown, members, list]);
  if (data === undefined) return <Skeletons rows={8} />;
  if (nodes.length === 0) {
    return <EmptyState title={t('none')}>{t('noneText')}</EmptyState>;
  }
  const rows = shown.map(({ node: one, level, open }) => ({
    ...{ id: one.id, level, open },
    content: (
      <>
        <span className={css.name} data-root={one.path === '' || undefined}>
          {one.path === '' ? t(`root.${one.root}`) : <MiddleEllipsis text={one.name} max={44} />}
        </span>
        <Whereabouts file={one.recorded} />
        {one.size !== null && (
          <span className={css.size}>
            <Size bytes={one.size} />
          </span>
        )}
      </>
    ),
  }));
  const choose = (id: string): void =>
    go(to('run', route.parts, { ...route.query, file: id }), true);
  return (
    <SplitPane
      label={t('tree')}
      fixed="first"
      size={width}
      onSize={setWidth}
      min={180}
      max={640}
      first={
        <div className={css.side}>
          <TreeView
            label={t('tree')}
            rows={rows}
            active={chosen ?? rows[0]?.id ?? null}
            onActive={choose}
            onFold={(id, open) => setFolded(new Map(folded).set(id, open))}
          />
          {data.cut && <p className={css.note}>{t('cut', { count: data.files.length })}</p>}
        </div>
      }
      second={<Chosen run={run} node={node} members={members} folder={data.folder} />}
    />
  );
}

/** What neither the caches nor Git have: on a remote, or nowhere that is known. */
function Whereabouts({ file }: { readonly file: RunFile | null }) {
  const { t } = useTranslation('files');
  if (file === null || file.available || file.hash === null) return null;
  const { remote } = file;
  return (
    <span className={css.away} title={t(remote === undefined ? 'notCachedText' : 'onRemoteText')}>
      {remote === undefined ? t('notCached') : t('onRemote', { name: remote })}
    </span>
  );
}

function holds(node: FileNode, id: string | null): boolean {
  return id?.startsWith(`${node.id}/`) === true;
}

function Chosen({
  run,
  node,
  members,
  folder,
}: {
  readonly run: RunDetail;
  readonly node: FileNode | null;
  readonly members: Members;
  readonly folder: string | null;
}) {
  const { t } = useTranslation(['files', 'runs', 'sources']);
  if (node === null) return <EmptyState title={t('choose')}>{t('chooseText')}</EmptyState>;
  if (node.children === null) {
    return <FileView key={node.id} source={sourceOf(run.id, node)} recorded={node.recorded} />;
  }
  const gone = node.listed && members.get(node.path) === null;
  const count = node.recorded?.files ?? node.children.length;
  const title = node.path === '' ? t(`root.${node.root}`) : node.path;
  return (
    <EmptyState
      title={title}
      actions={
        node.root === 'logged' && folder !== null ? (
          <CopyText text={folder} label={t('sources:artifacts.copyFolder')} />
        ) : undefined
      }
    >
      {gone ? t('folderGone') : t('entries', { count })}
    </EmptyState>
  );
}
