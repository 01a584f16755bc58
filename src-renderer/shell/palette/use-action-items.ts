import type { SpotlightActionData } from '@mantine/spotlight';
import { useTranslation } from 'react-i18next';
import {
  type RunDetail,
  topics,
  useClient,
  useOperation,
  type WorkspaceInfo,
} from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import {
  goTo,
  type Route,
  showDialog,
  to,
  useNavigation,
  usePreferences,
  useSelection,
} from '../../state/index.ts';
import { useOpenShell, useRunActions } from '../../ui/index.ts';
import { useUndo } from '../use-undo.ts';

/** What can be done now: with the folder, with the selection, with the run that is shown. */
export function useActionItems(
  workspace: WorkspaceInfo | null,
  open: boolean,
): SpotlightActionData[] {
  const { t } = useTranslation(['shell', 'common', 'runPage']);
  const openShell = useOpenShell();
  const { undo, redo } = useUndo();
  const { queries } = useClient();
  const selected = useSelection((state) => state.runIds);
  const run = useCurrentRun(open && workspace !== null);
  const actions = useRunActions();
  const undoState = useOperation(
    'experiments.undoState',
    {},
    { enabled: open && workspace !== null, topics: [topics.runs] },
  ).data;
  if (workspace === null) return [];
  const item = (id: string, label: string, onClick: () => void): SpotlightActionData => ({
    id: `do ${id}`,
    label,
    onClick,
  });
  const { inspectorOpen, set } = usePreferences.getState();
  return [
    ...(selected.length >= 2
      ? [
          item('compare-selected', t('actions.compareSelected', { count: selected.length }), () =>
            goTo(to('compare', selected.slice(0, 24))),
          ),
        ]
      : []),
    ...(run === undefined ? [] : runItems(run, actions, (key) => t(`common:actions.${key}`))),
    item('new-run', t('actions.newRun'), () => showDialog({ kind: 'new-run' })),
    item('new-note', t('actions.newNote'), () => goTo(to('timeline', [], { note: 'new' }))),
    item('shell', t('runPage:shell.here'), () => openShell(run?.id ?? null)),
    item('trash', t('actions.trash'), () => goTo(to('tidy'))),
    item('tidy', t('actions.tidyRules'), () => goTo(to('tidy', [], { tab: 'rules' }))),
    item('bundle', t('actions.verifyBundle'), () => goTo(to('bundles'))),
    ...(undoState?.undo
      ? [item('undo', t('actions.undo', { what: localized(undoState.undo) }), undo)]
      : []),
    ...(undoState?.redo
      ? [item('redo', t('actions.redo', { what: localized(undoState.redo) }), redo)]
      : []),
    item('inspector', t('toggleInspector'), () => set({ inspectorOpen: !inspectorOpen })),
    item('reload', t('actions.reload'), () => queries.invalidate(() => true)),
    item('tour', t('actions.tour'), () => showDialog({ kind: 'tour' })),
    item('shortcuts', t('actions.shortcuts'), () => showDialog({ kind: 'shortcuts' })),
  ];
}

/** The run that is shown, or else the one that is selected. */
function useCurrentRun(enabled: boolean): RunDetail | undefined {
  const focus = useSelection((state) => state.focus);
  const route = useNavigation((state) => state.place?.main ?? null);
  const id = shownRun(route) ?? (focus?.kind === 'run' ? focus.id : null);
  return useOperation('runs.get', { id: id ?? '' }, { enabled: enabled && id !== null }).data;
}

function shownRun(route: Route | null): string | null {
  const part = route?.view === 'run' ? route.parts[0] : undefined;
  return part !== undefined && /^[0-9a-f]{32}$/.test(part) ? part : null;
}

type RunWord =
  | 'openRun'
  | 'runAgain'
  | 'stop'
  | 'star'
  | 'unstar'
  | 'compareWithPrevious'
  | 'diffWithPrevious'
  | 'export';

function runItems(
  run: RunDetail,
  actions: ReturnType<typeof useRunActions>,
  word: (key: RunWord) => string,
): SpotlightActionData[] {
  const item = (key: RunWord, onClick: () => void): SpotlightActionData => ({
    id: `run-action ${key}`,
    label: `${word(key)}: ${run.label}`,
    description: run.name,
    onClick,
  });
  const live = run.status === 'RUNNING' || run.status === 'SCHEDULED';
  return [
    item('openRun', () => actions.open(run)),
    item('runAgain', () => actions.again(run)),
    ...(live ? [item('stop', () => actions.stop(run))] : []),
    item(run.starred ? 'unstar' : 'star', () => actions.star(run)),
    ...(run.previousId === null
      ? []
      : [
          item('compareWithPrevious', () => actions.compare(run)),
          item('diffWithPrevious', () => actions.diff(run)),
        ]),
    item('export', () => actions.export(run)),
  ];
}
