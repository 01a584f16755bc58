import { Button, Checkbox, Group, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asClientError, type RunRow, useCall } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { Dialog, PathField, Written } from '../../ui/index.ts';
import css from './runs.module.css';

type Format = 'csv' | 'parquet' | 'html';

/** As many as one page shows beside each other. */
const mostOnPage = 20;

interface Done {
  readonly path: string;
  readonly bytes: number;
}

/** Writes the runs that are ticked to a file: a table, or a page to look at. */
export function ExportDialog({
  ids,
  runs,
  onClose,
}: {
  ids: readonly string[];
  /** As many of them as are known more closely. */
  runs: readonly RunRow[];
  onClose: () => void;
}) {
  const { t } = useTranslation(['runs', 'common']);
  const call = useCall();
  const [format, setFormat] = useState<Format>('csv');
  const [points, setPoints] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [overwrite, setOverwrite] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const suggested = suggestPath(runs, format, points);
  const path = typed ?? suggested;
  const change = (act: () => void): void => {
    act();
    setDone(null);
    setProblem(null);
  };
  const submit = async (): Promise<void> => {
    setBusy(true);
    setDone(null);
    setProblem(null);
    try {
      if (format === 'html')
        setDone(await call('exports.page', { ids: [...ids], path, overwrite }));
      else if (points)
        setDone(await call('exports.metrics', { ids: [...ids], path, format, overwrite }));
      else setDone(await call('exports.runs', { ids: [...ids], path, format, overwrite }));
    } catch (error) {
      setProblem(localized(asClientError(error).message));
    } finally {
      setBusy(false);
    }
  };
  const tooMany = format === 'html' && ids.length > mostOnPage;
  return (
    <Dialog onClose={onClose} title={t('bulk.exportTitle', { count: ids.length })} size="lg">
      <form
        className={css.exportForm}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <SegmentedControl
          aria-label={t('bulk.format')}
          value={format}
          onChange={(value) =>
            change(() => {
              setFormat(value as Format);
              setTyped(null);
            })
          }
          data={[
            { value: 'csv', label: 'CSV' },
            { value: 'parquet', label: 'Parquet' },
            { value: 'html', label: t('bulk.page') },
          ]}
        />
        <p className={css.hint}>{t(`bulk.formats.${format === 'html' ? 'html' : 'table'}`)}</p>
        {format !== 'html' && (
          <Checkbox
            label={t('bulk.points')}
            checked={points}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              change(() => setPoints(checked));
            }}
          />
        )}
        <PathField
          label={t('bulk.file')}
          description={t('bulk.fileHint')}
          kind="save"
          suggestedName={suggested}
          value={path}
          onChange={(value) => change(() => setTyped(value))}
          error={tooMany ? t('bulk.tooMany', { count: mostOnPage }) : problem}
        />
        <Checkbox
          label={t('bulk.overwrite')}
          checked={overwrite}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            change(() => setOverwrite(checked));
          }}
        />
        {done !== null && <Written {...done} />}
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('common:close')}</Button>
          <Button
            type="submit"
            variant="filled"
            loading={busy}
            disabled={tooMany || path.trim() === ''}
          >
            {t('bulk.export')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

function suggestPath(runs: readonly RunRow[], format: Format, points: boolean): string {
  const [first] = runs;
  const what = format !== 'html' && points ? 'metrics' : 'runs';
  const name = runs.length === 1 && first !== undefined ? `run-${first.label}` : what;
  return `${name}.${format}`;
}
