import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunDetail, RunFile } from '../../client/index.ts';
import { type AppColumn, AppTable, MiddleEllipsis, Section, Size } from '../../ui/index.ts';
import { Artifacts } from './Artifacts.tsx';
import css from './runs.module.css';

/** What went into a run and what came out, by content. */
export function FilesTab({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs');
  const columns = useFileColumns();
  const inputs = useMemo(() => run.files.filter((file) => file.role === 'dep'), [run.files]);
  const outputs = useMemo(() => run.files.filter((file) => file.role !== 'dep'), [run.files]);
  const part = (title: string, files: readonly RunFile[], none: string) => (
    <Section title={`${title}  ${files.length}`}>
      {files.length === 0 ? (
        <p className={css.dim}>{none}</p>
      ) : (
        <div
          className={css.fileTable}
          style={{ height: Math.min(420, 34 + files.length * 29 + 14) }}
        >
          <AppTable label={title} rows={files} columns={columns} rowKey={fileKey} />
        </div>
      )}
    </Section>
  );
  return (
    <>
      <Artifacts runId={run.id} />
      {part(t('files.inputs'), inputs, t('files.noInputs'))}
      {part(t('files.outputs'), outputs, t('files.noOutputs'))}
    </>
  );
}

function fileKey(file: RunFile): string {
  return `${file.stage} ${file.role} ${file.path}`;
}

function useFileColumns(): readonly AppColumn<RunFile>[] {
  const { t } = useTranslation(['runs', 'common']);
  return useMemo(
    () => [
      {
        id: 'path',
        header: t('common:path'),
        width: 380,
        value: (file) => file.path,
        cell: (file) => <MiddleEllipsis text={file.path} max={52} mono />,
      },
      { id: 'stage', header: t('files.stage'), width: 120, value: (file) => file.stage },
      {
        id: 'role',
        header: t('files.role'),
        width: 90,
        value: (file) => t(`files.roles.${file.role}`),
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
        id: 'files',
        header: t('files.files'),
        width: 80,
        align: 'end',
        value: (file) => file.files,
      },
      {
        id: 'hash',
        header: t('files.hash'),
        width: 150,
        value: (file) => file.hash,
        cell: (file) =>
          file.hash === null ? null : <MiddleEllipsis text={file.hash} max={16} mono />,
      },
      {
        id: 'kept',
        header: t('files.kept'),
        hint: t('files.keptHint'),
        width: 90,
        value: (file) => (file.available ? t('files.yes') : t('files.no')),
      },
    ],
    [t],
  );
}
