import { Button, Checkbox, Group } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output, Progress, SourceRow } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { Dialog, ErrorState, formatSize, ProgressBar, useTask } from '../../ui/index.ts';
import css from './sources.module.css';

type Kept = Output<'sources.adopt'>;

/**
 * Takes the runs of a source into the store: says first how many there are and what their files
 * come to, then copies, and says what became of it.
 */
export function KeepDialog({ source, onClose }: { source: SourceRow; onClose: () => void }) {
  const { t } = useTranslation(['sources', 'common']);
  const [includeRunning, setIncludeRunning] = useState(false);
  const [measured, setMeasured] = useState<Progress | null>(null);
  const [copied, setCopied] = useState<Progress | null>(null);
  const measure = useTask('sources.measure', setMeasured);
  const adopt = useTask('sources.adopt', setCopied);
  const wanted = { sourceIds: [source.id], includeRunning };
  const startMeasuring = measure.run;
  useEffect(() => {
    void startMeasuring({ sourceIds: [source.id], includeRunning });
  }, [startMeasuring, source.id, includeRunning]);
  const isCopying = adopt.status === 'running';
  const isOver = adopt.status === 'done';
  const runs = measure.result?.runs ?? 0;
  return (
    <Dialog
      onClose={onClose}
      title={t('keep.title', { path: source.path === '' ? t('root') : source.path })}
      size="lg"
      closeOnClickOutside={!isCopying}
      closeOnEscape={!isCopying}
      withCloseButton={!isCopying}
    >
      <div className={css.keep}>
        {isOver && adopt.result !== null ? (
          <Result kept={adopt.result} />
        ) : (
          <>
            <p>{t('keep.body')}</p>
            {measure.result !== null && <Extent kept={measure.result} />}
            {measure.status === 'running' && (
              <ProgressBar label={t('keep.measuring')} report={measured} />
            )}
            {measure.error !== null && <ErrorState error={measure.error} />}
            {(includeRunning || (measure.result?.running ?? 0) > 0) && (
              <Checkbox
                label={t('keep.includeRunning')}
                description={t('keep.includeRunningHint')}
                checked={includeRunning}
                disabled={isCopying}
                onChange={(event) => setIncludeRunning(event.currentTarget.checked)}
              />
            )}
            {isCopying && (
              <ProgressBar label={t('keep.copying')} report={copied} onCancel={adopt.stop} />
            )}
            {adopt.status === 'stopped' && <p role="status">{t('keep.stopped')}</p>}
            {adopt.error !== null && <ErrorState error={adopt.error} />}
          </>
        )}
      </div>
      <Group justify="flex-end" mt="md">
        {isCopying ? (
          <Button onClick={adopt.stop}>{t('common:cancel')}</Button>
        ) : (
          <Button onClick={onClose}>{t('common:close')}</Button>
        )}
        {!isOver && (
          <Button
            variant="filled"
            loading={isCopying}
            disabled={measure.status !== 'done' || runs === 0}
            onClick={() => {
              setCopied(null);
              void adopt.run(wanted);
            }}
          >
            {t('keep.act', { count: runs })}
          </Button>
        )}
      </Group>
    </Dialog>
  );
}

function Extent({ kept }: { kept: Kept }) {
  const { t } = useTranslation('sources');
  return (
    <>
      <p role="status">
        <strong>
          {kept.runs === 0
            ? t('keep.nothing')
            : t('keep.extent', {
                count: kept.runs,
                files: t('keep.files', { count: kept.files }),
                size: formatSize(kept.bytes),
              })}
        </strong>{' '}
        {kept.running > 0 && t('keep.running', { count: kept.running })}
      </p>
      <Problems problems={kept.problems} />
    </>
  );
}

function Result({ kept }: { kept: Kept }) {
  const { t } = useTranslation('sources');
  const isFree = kept.running === 0 && kept.problems.length === 0;
  return (
    <>
      <p role="status">
        <strong>
          {t('keep.done', {
            count: kept.runs,
            files: t('keep.files', { count: kept.files }),
            size: formatSize(kept.bytes),
          })}
        </strong>{' '}
        {isFree && t('keep.free')}
        {kept.running > 0 && t('keep.running', { count: kept.running })}
      </p>
      <Problems problems={kept.problems} />
    </>
  );
}

function Problems({ problems }: { problems: readonly string[] }) {
  const { t } = useTranslation('sources');
  if (problems.length === 0) return null;
  return (
    <>
      <p>{t('keep.problems')}</p>
      <ul className={css.problems}>
        {[...new Set(problems)].map((problem) => (
          <li key={problem}>{localized(problem)}</li>
        ))}
      </ul>
    </>
  );
}
