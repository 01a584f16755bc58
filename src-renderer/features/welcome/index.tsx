import { ActionIcon, Button } from '@mantine/core';
import { IconFolderOpen, IconMountain, IconX } from '@tabler/icons-react';
import i18next from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { topics, useClient, useOperation } from '../../client/index.ts';
import { showDialog, useOpening, usePreferences } from '../../state/index.ts';
import {
  MiddleEllipsis,
  notifyError,
  offer,
  RelativeTime,
  useCommand,
  useOpenFolder,
} from '../../ui/index.ts';
import css from './welcome.module.css';

/** Once, when somebody who is new has opened a folder here. */
function offerTourAfter(): void {
  const { tourSeen, set } = usePreferences.getState();
  // The page also goes when nothing was opened: to the settings, say.
  if (tourSeen || useOpening.getState().opening === null) return;
  set({ tourSeen: true });
  offer(i18next.t('welcome:tour.offer'), [
    { label: i18next.t('welcome:tour.start'), act: () => showDialog({ kind: 'tour' }) },
    { label: i18next.t('welcome:tour.no'), act: () => {} },
  ]);
}

/** The first page: open a folder, the example, or one that was open before. */
export default function Welcome() {
  useEffect(() => offerTourAfter, []);
  const { t } = useTranslation('welcome');
  const { bridge } = useClient();
  const folders = useOpenFolder();
  const recents = useOperation('workspace.recents', {}, { topics: [topics.workspace] });
  const forget = useCommand('workspace.forget');
  const choose = async (): Promise<void> => {
    if (bridge === null) return showDialog({ kind: 'open-folder' });
    try {
      const path = await bridge.pickFolder();
      if (path !== null) await folders.open(path);
    } catch (error) {
      notifyError(error);
    }
  };
  const list = recents.data?.folders ?? [];
  return (
    <div className={css.page}>
      <div className={css.column}>
        <h1 className={css.title}>{t('title')}</h1>
        <p className={css.lead}>{t('lead')}</p>
        <div className={css.actions}>
          <div>
            <Button
              variant="filled"
              size="sm"
              leftSection={<IconFolderOpen size={16} />}
              onClick={() => void choose()}
            >
              {t('open')}
            </Button>
            <p className={css.hint}>{t('openHint')}</p>
          </div>
          {recents.data?.example !== null && (
            <div>
              <Button
                size="sm"
                leftSection={<IconMountain size={16} />}
                onClick={() => void folders.openExample()}
              >
                {t('example')}
              </Button>
              <p className={css.hint}>{t('exampleHint')}</p>
            </div>
          )}
        </div>
        <h2 className={css.heading}>{t('recent')}</h2>
        {recents.data !== undefined && list.length === 0 && (
          <p className={css.hint}>{t('noRecent')}</p>
        )}
        <ul className={css.recents}>
          {list.map((folder) => (
            <li key={folder.path} className={css.recent} data-gone={!folder.exists || undefined}>
              <button
                type="button"
                className={css.folder}
                disabled={!folder.exists}
                onClick={() => void folders.open(folder.path)}
              >
                <span className={css.name}>{folder.name}</span>
                <MiddleEllipsis text={folder.path} max={56} mono />
                <span className={css.when}>
                  {folder.exists ? <RelativeTime at={folder.openedAt} /> : t('gone')}
                </span>
              </button>
              <ActionIcon
                aria-label={t('forget', { name: folder.name })}
                title={t('forget', { name: folder.name })}
                onClick={() => void forget.run({ path: folder.path }).then(recents.reload)}
              >
                <IconX size={14} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
