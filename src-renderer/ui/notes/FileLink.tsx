import { HoverCard } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isModelPath, topics, useClient, useOperation } from '../../client/index.ts';
import { to, useGo } from '../../state/index.ts';
import { notify, notifyError } from '../messages.tsx';
import { RelativeTime, Size } from '../values.tsx';
import css from './notes.module.css';

/** Files that a view of the window opens. */
const views = [
  {
    fits: (path: string) => /\.ipynb$/i.test(path),
    route: (path: string) => to('notebooks', [path]),
  },
  { fits: isModelPath, route: (path: string) => to('models', [], { left: path }) },
] as const;

/** A link to a file of the folder: opened where a view can, else shown in the file manager. */
export function FileLink({ path, children }: { path: string; children: ReactNode }) {
  const { t } = useTranslation();
  const { bridge } = useClient();
  const go = useGo();
  const [open, setOpen] = useState(false);
  const info = useOperation('workspace.info', {}, { topics: [topics.workspace] });
  const root = info.data?.root;
  const view = views.find(({ fits }) => fits(path));
  const follow = async (): Promise<void> => {
    if (view !== undefined) return go(view.route(path));
    const absolute = `${root ?? ''}/${path}`;
    if (bridge !== null && root !== undefined) return bridge.revealPath(absolute);
    await navigator.clipboard.writeText(absolute);
    notify(t('note.pathCopied', { path }));
  };
  return (
    <HoverCard openDelay={250} closeDelay={100} shadow="sm" onOpen={() => setOpen(true)}>
      <HoverCard.Target>
        <button
          type="button"
          className={css.fileLink}
          onClick={(event) => {
            event.stopPropagation();
            follow().catch(notifyError);
          }}
        >
          {children}
        </button>
      </HoverCard.Target>
      <HoverCard.Dropdown className={css.card}>
        {open && <FileCard path={path} />}
      </HoverCard.Dropdown>
    </HoverCard>
  );
}

function FileCard({ path }: { path: string }) {
  const { t } = useTranslation();
  const query = useOperation('notes.files', { paths: [path] }, { topics: [topics.workspace] });
  const file = query.data?.files[0];
  if (file === undefined) return <>{t('note.reading')}</>;
  return (
    <>
      <code>{path}</code>
      <div className={css.cardDim}>
        {file.kind === 'missing' && t('note.noFile')}
        {file.kind === 'folder' && t('note.folder')}
        {file.size !== null && <Size bytes={file.size} />}
        {file.modifiedAt !== null && (
          <>
            {' · '}
            <RelativeTime at={file.modifiedAt} />
          </>
        )}
      </div>
    </>
  );
}
