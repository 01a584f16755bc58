import { Button, Group, TextInput } from '@mantine/core';
import { IconArrowUp, IconFile, IconFolder } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOperation } from '../client/index.ts';
import { Dialog } from './Dialog.tsx';
import css from './path-field.module.css';
import { ErrorState, Skeletons } from './states.tsx';

export interface PathBrowserProps {
  readonly kind: 'file' | 'folder' | 'save';
  readonly extensions: readonly string[];
  readonly suggestedName: string;
  readonly onChoose: (path: string) => void;
  readonly onClose: () => void;
}

/** Folders and files of the machine that Cairn runs on, which need not be the browser's own. */
export function PathBrowser({
  kind,
  extensions,
  suggestedName,
  onChoose,
  onClose,
}: PathBrowserProps) {
  const { t } = useTranslation();
  const [path, setPath] = useState<string | null>(null);
  const [name, setName] = useState(suggestedName);
  const listing = useOperation(
    'workspace.browse',
    { path, showFiles: kind !== 'folder' },
    { keepPrevious: true },
  );
  const { data, error } = listing;
  const entries = (data?.entries ?? []).filter(
    (entry) => entry.directory || kind === 'save' || fits(entry.name, extensions),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (data === undefined) return;
    if (kind === 'folder') onChoose(data.path);
    else if (kind === 'save' && name.trim() !== '') onChoose(joinPath(data.path, name.trim()));
  };
  return (
    <Dialog
      onClose={onClose}
      title={t(`browse.title.${kind}`)}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form onSubmit={submit}>
        <div className={css.here}>{data?.path ?? '…'}</div>
        <div className={css.entries}>
          {error !== null ? (
            <ErrorState error={error} onRetry={() => setPath(null)} />
          ) : data === undefined ? (
            <Skeletons />
          ) : (
            <>
              {data.parent !== null && (
                <button type="button" className={css.entry} onClick={() => setPath(data.parent)}>
                  <IconArrowUp size={16} aria-hidden />
                  {t('browse.parent')}
                </button>
              )}
              {entries.map((entry) => (
                <button
                  key={entry.path}
                  type="button"
                  className={css.entry}
                  onClick={() => {
                    if (entry.directory) setPath(entry.path);
                    else if (kind === 'save') setName(entry.name);
                    else onChoose(entry.path);
                  }}
                >
                  {entry.directory ? (
                    <IconFolder size={16} aria-hidden />
                  ) : (
                    <IconFile size={16} aria-hidden />
                  )}
                  {entry.name}
                </button>
              ))}
              {entries.length === 0 && <p className={css.none}>{t('browse.empty')}</p>}
            </>
          )}
        </div>
        {kind !== 'file' && (
          <Group justify="flex-end" align="flex-end" wrap="nowrap">
            {kind === 'save' && (
              <TextInput
                className={css.input}
                label={t('browse.fileName')}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
            )}
            <Button type="submit" variant="filled" disabled={data === undefined}>
              {t('browse.choose')}
            </Button>
          </Group>
        )}
      </form>
    </Dialog>
  );
}

function fits(name: string, extensions: readonly string[]): boolean {
  if (extensions.length === 0) return true;
  const lower = name.toLowerCase();
  return extensions.some((extension) => lower.endsWith(`.${extension}`));
}

/** The folder comes from the core's machine, so its own separator is kept. */
function joinPath(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}
