import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { IconArrowUp, IconFolder } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useOperation } from '../../client/index.ts';
import { Dialog, ErrorState, notifyError, Skeletons, useOpenFolder } from '../../ui/index.ts';
import css from './welcome.module.css';

/** Chooses a folder to open: the native dialog in a desktop window, a browser of folders on a page. */
export default function OpenFolder({ onClose }: { onClose: () => void }) {
  const { bridge } = useClient();
  const folders = useOpenFolder();
  const native = bridge !== null;
  useEffect(() => {
    if (bridge === null) return;
    onClose();
    bridge
      .pickFolder()
      .then((path) => (path === null ? undefined : folders.open(path)))
      .catch(notifyError);
  }, [bridge, folders, onClose]);
  if (native) return null;
  const open = (path: string): void => {
    onClose();
    void folders.open(path);
  };
  return <FolderBrowser onClose={onClose} onOpen={open} />;
}

function FolderBrowser({
  onClose,
  onOpen,
}: {
  onClose: () => void;
  onOpen: (path: string) => void;
}) {
  const { t } = useTranslation('welcome');
  const [path, setPath] = useState<string | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [hidden, setHidden] = useState(false);
  const listing = useOperation('workspace.browse', { path }, { keepPrevious: true });
  const { data, error } = listing;
  const go = (next: string): void => {
    setPath(next);
    setTyped(null);
  };
  const entries = (data?.entries ?? []).filter(
    (entry) => entry.directory && (hidden || !entry.name.startsWith('.')),
  );
  return (
    <Dialog onClose={onClose} title={t('browse')} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== null && typed !== data?.path) go(typed);
          else if (data !== undefined) onOpen(data.path);
        }}
      >
        <TextInput
          label={t('path')}
          value={typed ?? data?.path ?? ''}
          onChange={(event) => setTyped(event.currentTarget.value)}
          rightSectionWidth={64}
          rightSection={
            typed !== null && (
              <Button type="submit" size="compact-xs">
                {t('go')}
              </Button>
            )
          }
          spellCheck={false}
          data-autofocus
        />
        <div className={css.entries}>
          {error !== null ? (
            <ErrorState error={error} onRetry={listing.reload} />
          ) : data === undefined ? (
            <Skeletons />
          ) : (
            <>
              {data.parent !== null && (
                <button
                  type="button"
                  className={css.entry}
                  onClick={() => go(data.parent as string)}
                >
                  <IconArrowUp size={16} aria-hidden />
                  <span>{t('parent')}</span>
                </button>
              )}
              {entries.map((entry) => (
                <button
                  key={entry.path}
                  type="button"
                  className={css.entry}
                  onClick={() => go(entry.path)}
                  onDoubleClick={() => onOpen(entry.path)}
                >
                  <IconFolder size={16} aria-hidden />
                  <span>{entry.name}</span>
                  {entry.project && <span className={css.badge}>{t('project')}</span>}
                </button>
              ))}
              {entries.length === 0 && <p className={css.hint}>{t('emptyFolder')}</p>}
            </>
          )}
        </div>
        <Group justify="space-between">
          <Checkbox
            label={t('showHidden')}
            checked={hidden}
            onChange={(event) => setHidden(event.currentTarget.checked)}
          />
          <Button
            variant="filled"
            disabled={data === undefined || error !== null}
            onClick={() => data !== undefined && onOpen(data.path)}
          >
            {t('openThis')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
