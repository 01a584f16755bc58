import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Output, topics, useOperation } from '../../client/index.ts';
import {
  type AppColumn,
  AppTable,
  CopyText,
  MiddleEllipsis,
  RelativeTime,
  Section,
  Size,
} from '../../ui/index.ts';
import css from './runs.module.css';

type Artifact = Output<'sources.artifacts'>['files'][number];

/** The files that a run logged, or that another tool keeps for it; nothing when there are none. */
export function Artifacts({ runId }: { runId: string }) {
  const { t } = useTranslation(['sources', 'common']);
  const { data } = useOperation(
    'sources.artifacts',
    { id: runId },
    { topics: [topics.sources, `run:${runId}`] },
  );
  const columns = useMemo(
    (): readonly AppColumn<Artifact>[] => [
      {
        id: 'path',
        header: t('common:path'),
        width: 520,
        value: (file) => file.path,
        cell: (file) => <MiddleEllipsis text={file.path} max={72} mono />,
      },
      {
        id: 'size',
        header: t('common:size'),
        width: 90,
        align: 'end',
        value: (file) => file.size,
        cell: (file) => <Size bytes={file.size} />,
      },
      {
        id: 'modified',
        header: t('artifacts.modified'),
        width: 140,
        value: (file) => file.modifiedAt,
        cell: (file) => <RelativeTime at={file.modifiedAt} />,
      },
    ],
    [t],
  );
  if (data === undefined || data.folder === null || data.files.length === 0) return null;
  const { files, folder, cut } = data;
  return (
    <Section
      title={`${t('artifacts.title')}  ${files.length}${cut ? '+' : ''}`}
      actions={<CopyText text={folder} label={t('artifacts.copyFolder')} />}
    >
      <div className={css.fileTable} style={{ height: Math.min(420, 34 + files.length * 29 + 14) }}>
        <AppTable
          label={t('artifacts.title')}
          rows={files}
          columns={columns}
          rowKey={(file) => file.path}
        />
      </div>
    </Section>
  );
}
