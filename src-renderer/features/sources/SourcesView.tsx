import { Button } from '@mantine/core';
import { IconFolderSearch } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SourceRow, topics, useOperation } from '../../client/index.ts';
import { EmptyState, notify, Page, QueryView, useCommand } from '../../ui/index.ts';
import { KeepDialog } from './KeepDialog.tsx';
import { SourceDetail } from './SourceDetail.tsx';
import { SourceTable } from './SourceTable.tsx';
import css from './sources.module.css';

/** What was found of other tools in the folder. */
export function SourcesView() {
  const { t } = useTranslation('sources');
  const sources = useOperation('sources.list', {}, { topics: [topics.sources, topics.workspace] });
  const read = useCommand('sources.read');
  const readAgain = useCallback(
    async (id: number | null, force: boolean) => {
      const result = await read.run({ id, force });
      if (result === null) return;
      notify(result.runs === 0 ? t('nothingNew') : t('read', { count: result.runs }));
    },
    [read.run, t],
  );
  return (
    <Page
      title={t('title')}
      hint={t('hint')}
      scroll={false}
      actions={
        <>
          <Button
            variant="default"
            title={t('readAllHint')}
            disabled={read.busy}
            onClick={() => void readAgain(null, true)}
          >
            {t('readAll')}
          </Button>
          <Button loading={read.busy} onClick={() => void readAgain(null, false)}>
            {t('look')}
          </Button>
        </>
      }
    >
      <QueryView query={sources}>
        {(data) => (
          <Found rows={data.sources} busy={read.busy} onRead={(id) => void readAgain(id, true)} />
        )}
      </QueryView>
    </Page>
  );
}

function Found({
  rows,
  busy,
  onRead,
}: {
  rows: readonly SourceRow[];
  busy: boolean;
  onRead: (id: number) => void;
}) {
  const { t } = useTranslation('sources');
  const [chosen, setChosen] = useState<number | null>(null);
  const [keeping, setKeeping] = useState<number | null>(null);
  if (rows.length === 0) {
    return (
      <EmptyState icon={<IconFolderSearch size={28} stroke={1.5} />} title={t('none')}>
        {t('noneText')}
      </EmptyState>
    );
  }
  const shown =
    rows.find((row) => row.id === chosen) ?? rows.find((row) => needsAttention(row)) ?? null;
  const kept = rows.find((row) => row.id === keeping);
  return (
    <div className={css.view}>
      <SourceTable
        rows={rows}
        chosen={shown?.id ?? null}
        busy={busy}
        onRead={onRead}
        onKeep={setKeeping}
        onChoose={setChosen}
      />
      {shown !== null && <SourceDetail source={shown} />}
      {kept !== undefined && <KeepDialog source={kept} onClose={() => setKeeping(null)} />}
    </div>
  );
}

function needsAttention(row: SourceRow): boolean {
  return row.problem !== null || row.skippedCount > 0;
}
