import { Button, SegmentedControl } from '@mantine/core';
import { IconDownload, IconFolderOpen } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type FileKind,
  type FileSource,
  isCancelled,
  type RunFile,
  topics,
  useCall,
  useClient,
  useOperation,
} from '../../../client/index.ts';
import {
  CopyText,
  ErrorState,
  MiddleEllipsis,
  notifyError,
  Size,
  Skeletons,
  Spacer,
} from '../../../ui/index.ts';
import css from './files.module.css';
import { saveFile } from './read-file.ts';
import { Viewer } from './viewers.tsx';

export interface FileViewProps {
  readonly source: FileSource;
  /** How the run recorded it, if it did. */
  readonly recorded: RunFile | null;
}

/** One file of a run: what it is, what can be done with it, and what is in it. */
export function FileView({ source, recorded }: FileViewProps) {
  const { t } = useTranslation(['files', 'runs']);
  const { bridge } = useClient();
  const [wanted, setWanted] = useState<FileKind | null>(null);
  const query = useOperation('files.describe', { source }, { topics: [topics.sources] });
  const { data, error } = query;
  if (data === undefined) {
    if (error !== null) return <ErrorState error={error} onRetry={query.reload} />;
    return <Skeletons rows={8} />;
  }
  const kinds = data.kinds.filter((kind) => kind !== 'other');
  const chosen = kinds.find((kind) => kind === wanted);
  const kind = chosen ?? data.kinds[0] ?? 'other';
  const { location } = data;
  return (
    <section className={css.view} aria-label={source.path}>
      <header className={css.head}>
        <div className={css.title}>
          <h2>
            <MiddleEllipsis text={source.path} max={60} mono />
          </h2>
          <span className={css.facts}>
            <Size bytes={data.size} />
            {recorded !== null && recorded.stage !== '' && <span>{recorded.stage}</span>}
            {recorded !== null && <span>{t(`runs:files.roles.${recorded.role}`)}</span>}
            {recorded?.hash != null && (
              <MiddleEllipsis text={`MD5 ${recorded.hash}`} max={18} mono />
            )}
          </span>
        </div>
        <Spacer />
        {kinds.length > 1 && (
          <SegmentedControl
            aria-label={t('showAs')}
            value={kind}
            onChange={(value) => setWanted(value as FileKind)}
            data={kinds.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
          />
        )}
        <SaveButton source={source} size={data.size} />
        {location !== null && bridge !== null && (
          <Button
            leftSection={<IconFolderOpen size={14} />}
            onClick={() => void bridge.revealPath(location).catch(notifyError)}
          >
            {t('reveal')}
          </Button>
        )}
        <CopyText text={location ?? source.path} label={t('copyPath')} />
      </header>
      <div className={css.body}>
        <Viewer key={kind} kind={kind} source={source} size={data.size} mime={data.mime} />
      </div>
    </section>
  );
}

function SaveButton({ source, size }: { readonly source: FileSource; readonly size: number }) {
  const { t } = useTranslation('files');
  const call = useCall();
  const abort = useRef<AbortController | null>(null);
  const [percent, setPercent] = useState<number | null>(null);
  const save = async (): Promise<void> => {
    const controller = new AbortController();
    abort.current = controller;
    setPercent(0);
    try {
      await saveFile(call, source, size, {
        signal: controller.signal,
        onBytes: (done) => setPercent(Math.floor((100 * done) / Math.max(1, size))),
      });
    } catch (error) {
      if (!isCancelled(error)) notifyError(error);
    }
    setPercent(null);
  };
  return percent === null ? (
    <Button leftSection={<IconDownload size={14} />} onClick={() => void save()}>
      {t('save')}
    </Button>
  ) : (
    <Button onClick={() => abort.current?.abort()}>{t('saving', { percent })}</Button>
  );
}
