import { Button } from '@mantine/core';
import { IconFileExport, IconMapPin, IconNotes } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import {
  clearFilters,
  noteVisit,
  to,
  useFilters,
  useGo,
  usePreferences,
  useRoute,
} from '../../state/index.ts';
import {
  dayOf,
  EmptyState,
  ErrorState,
  Page,
  preloadNotes,
  readDraft,
  Skeletons,
} from '../../ui/index.ts';
import { Activity } from './Activity.tsx';
import { askForTimeline } from './ahead.ts';
import { EmptyNotebook } from './EmptyNotebook.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { NewNote } from './NewNote.tsx';
import { Notebook } from './Notebook.tsx';
import { buildRows, rowOfDay } from './rows.ts';
import { TimelineToolbar } from './TimelineToolbar.tsx';
import { useOutline, useTimelineFilter } from './use-cells.ts';

// It has notes in it, nearly always: their code comes while the core is asked for them.
void preloadNotes();

export const ahead = askForTimeline;

/** The notebook: runs, commits, data, notes, promotions and bundles as they happened. */
export default function Timeline() {
  const { t } = useTranslation(['timeline', 'common']);
  const filter = useTimelineFilter();
  const { outline, error, reload } = useOutline(filter);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [target, setTarget] = useState<{ readonly row: number } | null>(null);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [exporting, setExporting] = useState(false);
  const filters = useFilters((state) => state.timeline);
  const group = usePreferences((state) => state.timelineGroup);
  const activity = usePreferences((state) => state.timelineActivity);
  const route = useRoute();
  const go = useGo();
  const root = useRoot();
  const lastVisit = useLastVisit(root);
  const draftKey = `new ${root}`;
  const [recovering, setRecovering] = useState(() => readDraft(draftKey) !== null);
  const writing = route.query.note === 'new' || recovering;
  // While it is written above, it is not shown a second time below.
  const [made, setMade] = useState<string | null>(null);
  const write = (open: boolean): void => {
    setRecovering(false);
    setMade(null);
    go(to('timeline', [], open ? { note: 'new' } : {}), true);
  };
  const newestFirst = filter.order === 'newest';
  const allRows = useMemo(
    () =>
      outline === null ? [] : buildRows(outline, { group, toggled, lastVisit, newestFirst, dayOf }),
    [outline, group, toggled, lastVisit, newestFirst],
  );
  const rows = useMemo(
    () => (made === null ? allRows : allRows.filter((row) => row.key !== `note:${made}`)),
    [allRows, made],
  );
  const view = `${group} ${JSON.stringify(filter)}`;
  const visit = rows.findIndex((row) => row.kind === 'visit');
  const filtered = filters.text !== '' || filters.kinds !== null || filters.experimentId !== null;

  const toggle = (key: string): void =>
    setToggled((before) => {
      const after = new Set(before);
      if (!after.delete(key)) after.add(key);
      return after;
    });
  const goToDay = (day: number): void => {
    if (outline !== null) setTarget({ row: rowOfDay(rows, outline.at, day, newestFirst) });
  };

  return (
    <Page
      title={t('title')}
      hint={outline === null ? undefined : t('count', { count: outline.keys.length })}
      actions={
        <>
          {visit >= 0 && (
            <Button
              variant="subtle"
              leftSection={<IconMapPin size={14} />}
              onClick={() => setTarget({ row: visit })}
            >
              {t('visit.go')}
            </Button>
          )}
          {selected.length > 0 && (
            <Button variant="subtle" color="gray" onClick={() => setSelected([])}>
              {t('selected', { count: selected.length })}
            </Button>
          )}
          <Button
            leftSection={<IconFileExport size={14} />}
            disabled={rows.length === 0}
            onClick={() => setExporting(true)}
          >
            {t('export.open')}
          </Button>
          <Button leftSection={<IconNotes size={14} />} onClick={() => write(true)}>
            {t('newNote')}
          </Button>
        </>
      }
      toolbar={<TimelineToolbar />}
      scroll={false}
    >
      {exporting && (
        <ExportDialog filter={filter} selected={selected} onClose={() => setExporting(false)} />
      )}
      {activity && outline !== null && <Activity outline={outline} onDay={goToDay} />}
      {writing && <NewNote draftKey={draftKey} onMade={setMade} onClose={() => write(false)} />}
      {outline === null ? (
        error === null ? (
          <Skeletons rows={12} />
        ) : (
          <ErrorState error={error} onRetry={reload} />
        )
      ) : rows.length > 0 ? (
        <Notebook
          key={view}
          view={view}
          outline={outline}
          rows={rows}
          onToggle={toggle}
          target={target}
          selected={selected}
          onSelect={setSelected}
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

/** Absolute path of the folder that is open. */
function useRoot(): string {
  return useOperation('workspace.info', {}, { topics: [topics.workspace] }).data?.root ?? '';
}

const lookEveryMs = 60_000;

/** When this person was here before, epoch ms; as long as the timeline is shown, somebody is here. */
function useLastVisit(root: string): number | null {
  // At once where the folder is known: the rows are not laid out twice.
  const [before, setBefore] = useState(() => (root === '' ? null : noteVisit(root, Date.now())));
  useEffect(() => {
    if (root === '') return;
    const look = (): number | null => noteVisit(root, Date.now());
    setBefore(look());
    const timer = setInterval(look, lookEveryMs);
    return () => {
      clearInterval(timer);
      look();
    };
  }, [root]);
  return before;
}
