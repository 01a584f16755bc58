import { Button, Menu } from '@mantine/core';
import { IconFileExport, IconNote } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileName, saveBlob } from '../../charts/index.ts';
import { asClientError, type ClientError, useCall } from '../../client/index.ts';
import { ErrorState, useTask } from '../../ui/index.ts';
import { comparisonNote } from './note.ts';
import type { ModelDiffState, ModelSource } from './use-model-diff.ts';

const formats = ['html', 'csv', 'json'] as const;

/** Takes a finished comparison along: as a file, or as a note in the timeline. */
export function ReportMenu({
  left,
  right,
  state,
}: {
  readonly left: ModelSource;
  readonly right: ModelSource;
  readonly state: ModelDiffState;
}) {
  const { t } = useTranslation('models');
  const call = useCall();
  const task = useTask('diff.modelReport', () => {});
  const [noted, setNoted] = useState<'no' | 'yes' | ClientError>('no');
  const save = async (format: (typeof formats)[number]): Promise<void> => {
    const report = await task.run({ left, right, format });
    if (report === null) return;
    const name = fileName(report.name.slice(0, -format.length - 1), format);
    saveBlob(new Blob([report.text], { type: report.mime }), name);
  };
  const keep = (): void => {
    const body = comparisonNote(state, t);
    if (body === null) return;
    call('notes.create', { body }).then(
      () => setNoted('yes'),
      (thrown: unknown) => setNoted(asClientError(thrown)),
    );
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
            onClick={keep}
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
