import { Button, SegmentedControl } from '@mantine/core';
import { IconMovie } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, PathField } from '../../ui/index.ts';
import { FilmStrip } from './FilmStrip.tsx';
import css from './models.module.css';
import { RunField, runReference } from './RunField.tsx';
import type { SeriesSource } from './use-series.ts';

/** The checkpoints of a run, or of a folder, as a film strip. */
export function SeriesView({
  source,
  onSource,
}: {
  /** Null until one was chosen. */
  readonly source: SeriesSource | null;
  readonly onSource: (source: SeriesSource) => void;
}) {
  const { t } = useTranslation('models');
  const [kind, setKind] = useState(source?.kind ?? 'run');
  const [folder, setFolder] = useState(source?.kind === 'folder' ? source.path : '');
  const [run, setRun] = useState(source?.kind === 'run' ? source.reference : '');
  const chosen: SeriesSource =
    kind === 'run'
      ? { kind: 'run', reference: runReference(run) }
      : { kind: 'folder', path: folder.trim() };
  const isEmpty = chosen.kind === 'run' ? chosen.reference === '' : chosen.path === '';
  return (
    <>
      <form
        className={css.pickers}
        data-series
        onSubmit={(event) => {
          event.preventDefault();
          if (!isEmpty) onSource(chosen);
        }}
      >
        <SegmentedControl
          aria-label={t('series.of')}
          value={kind}
          onChange={(value) => setKind(value === 'folder' ? 'folder' : 'run')}
          data={[
            { value: 'run', label: t('series.ofRun') },
            { value: 'folder', label: t('series.ofFolder') },
          ]}
        />
        {kind === 'run' ? (
          <RunField value={run} onChange={setRun} />
        ) : (
          <PathField
            label={t('series.folder')}
            kind="folder"
            value={folder}
            onChange={setFolder}
            placeholder={t('series.placeholder')}
          />
        )}
        <Button type="submit" variant="filled" disabled={isEmpty}>
          {t('compare')}
        </Button>
      </form>
      {source === null ? (
        <EmptyState icon={<IconMovie size={28} stroke={1.5} />} title={t('series.emptyTitle')}>
          {t('series.emptyText')}
        </EmptyState>
      ) : (
        <FilmStrip key={JSON.stringify(source)} source={source} />
      )}
    </>
  );
}
