import { Button, Menu } from '@mantine/core';
import { IconFileExport, IconNote } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileName, saveBlob } from '../../charts/index.ts';
import { asClientError, type ClientError, useCall } from '../../client/index.ts';
import { ErrorState } from '../../ui/index.ts';

const formats = ['html', 'csv', 'json'] as const;
export type ReportFormat = (typeof formats)[number];

/** Takes a finished comparison along: as a file, or as a note in the timeline. */
export function ReportMenu({
  task,
  make,
  note,
}: {
  readonly task: { readonly status: string; readonly error: ClientError | null };
  /** Resolves to null when there is none, for the reason that the task has. */
  readonly make: (
    format: ReportFormat,
  ) => Promise<{ readonly name: string; readonly mime: string; readonly text: string } | null>;
  /** The comparison as Markdown; null while there is nothing to tell. */
  readonly note: () => string | null | Promise<string | null>;
}) {
  const { t } = useTranslation('models');
  const call = useCall();
  const [noted, setNoted] = useState<'no' | 'yes' | ClientError>('no');
  const save = async (format: ReportFormat): Promise<void> => {
    const report = await make(format);
    if (report === null) return;
    const name = fileName(report.name.slice(0, -format.length - 1), format);
    saveBlob(new Blob([report.text], { type: report.mime }), name);
  };
  const keep = async (): Promise<void> => {
    try {
      const body = await note();
      if (body === null) return;
      await call('notes.create', { body });
      setNoted('yes');
    } catch (thrown) {
      setNoted(asClientError(thrown));
    }
  };
  const problem = task.error ?? (typeof noted === 'string' ? null : noted);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="subtle"
            leftSection={<IconFileExport size={14} aria-hidden />}
            loading={task.status === 'running'}
          >
            {t('report')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {formats.map((format) => (
            <Menu.Item key={format} onClick={() => void save(format)}>
              {t(`reportAs.${format}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconNote size={14} aria-hidden />}
            disabled={noted === 'yes'}
            onClick={() => void keep()}
          >
            {t(noted === 'yes' ? 'noteKept' : 'keepNote')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span role="status">{noted === 'yes' ? t('noteKept') : ''}</span>
      {problem !== null && <ErrorState error={problem} />}
    </>
  );
}
