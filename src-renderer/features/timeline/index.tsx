import { Button } from '@mantine/core';
import { IconNotes } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import {
  clearFilters,
  to,
  useFilters,
  useGo,
  usePreferences,
  useRoute,
} from '../../state/index.ts';
import { dayOf, EmptyState, ErrorState, Page, readDraft, Skeletons } from '../../ui/index.ts';
import { EmptyNotebook } from './EmptyNotebook.tsx';
import { NewNote } from './NewNote.tsx';
import { Notebook } from './Notebook.tsx';
import { buildRows } from './rows.ts';
import { TimelineToolbar } from './TimelineToolbar.tsx';
import { useCells } from './use-cells.ts';

/** The notebook: runs, commits, data, notes and bundles in the order in which they happened. */
export default function Timeline() {
  const { t } = useTranslation(['timeline', 'common']);
  const cells = useCells();
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const filters = useFilters((state) => state.timeline);
  const order = usePreferences((state) => state.timelineOrder);
  const route = useRoute();
  const go = useGo();
  const draftKey = useNewNoteDraft();
  const [recovering, setRecovering] = useState(() => readDraft(draftKey) !== null);
  const writing = route.query.note === 'new' || recovering;
  const write = (open: boolean): void => {
    setRecovering(false);
    go(to('timeline', [], open ? { note: 'new' } : {}), true);
  };
  const rows = useMemo(() => buildRows(cells.cells, unfolded, dayOf), [cells.cells, unfolded]);
  const filtered = filters.text !== '' || filters.kinds !== null || filters.experimentId !== null;

  const toggleFold = (key: string): void =>
    setUnfolded((before) => {
      const after = new Set(before);
      if (!after.delete(key)) after.add(key);
      return after;
    });

  return (
    <Page
      title={t('title')}
      hint={cells.loading ? undefined : t('count', { count: cells.total })}
      actions={
        <Button leftSection={<IconNotes size={14} />} onClick={() => write(true)}>
          {t('newNote')}
        </Button>
      }
      toolbar={<TimelineToolbar />}
      scroll={false}
    >
      {writing && <NewNote draftKey={draftKey} onClose={() => write(false)} />}
      {cells.loading ? (
        <Skeletons rows={12} />
      ) : cells.error !== null && rows.length === 0 ? (
        <ErrorState error={cells.error} onRetry={cells.reload} />
      ) : rows.length > 0 ? (
        <Notebook
          key={`${order} ${JSON.stringify(filters)}`}
          rows={rows}
          unfolded={unfolded}
          onToggleFold={toggleFold}
          hasMore={cells.hasMore}
          onMore={cells.loadMore}
        />
      ) : filtered ? (
        <EmptyState
          title={t('empty.noMatch')}
          actions={<Button onClick={clearFilters}>{t('common:clearFilters')}</Button>}
        >
          {filters.text === ''
            ? t('empty.noMatchKinds')
            : t('empty.noMatchBody', { text: filters.text })}
        </EmptyState>
      ) : (
        <EmptyNotebook onNote={() => write(true)} />
      )}
    </Page>
  );
}

/** The draft of a note that does not exist yet, of the folder that is open. */
function useNewNoteDraft(): string {
  const { data } = useOperation('workspace.info', {}, { topics: [topics.workspace] });
  return `new ${data?.root ?? ''}`;
}
