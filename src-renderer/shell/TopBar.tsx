import { ActionIcon } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowRight,
  IconLayoutSidebarRightCollapse,
  IconLayoutSidebarRightExpand,
  IconPlayerPlay,
  IconPlus,
  IconSearch,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation, type WorkspaceInfo } from '../client/index.ts';
import {
  filterRuns,
  goBack,
  goForward,
  goTo,
  home,
  openTab,
  type Route,
  showDialog,
  to,
  useNavigation,
  usePreferences,
} from '../state/index.ts';
import { Keys } from '../ui/index.ts';
import css from './Frame.module.css';
import { palette } from './palette/store.ts';
import { UndoButtons } from './UndoButtons.tsx';

interface Crumb {
  readonly key: string;
  readonly text: string;
  readonly go?: () => void;
}

/** Where the window is, the way back, and the search. */
export function TopBar({ workspace }: { workspace: WorkspaceInfo | null }) {
  const { t } = useTranslation(['shell', 'common']);
  const index = useNavigation((state) => state.index);
  const last = useNavigation((state) => state.last);
  const place = useNavigation((state) => state.place);
  // With several tabs, the strip has the button.
  const several = useNavigation((state) => state.all.tabs.length > 1);
  const inspectorOpen = usePreferences((state) => state.inspectorOpen);
  const set = usePreferences((state) => state.set);
  const crumbs = useCrumbs(workspace, place?.main ?? null);
  const Fold = inspectorOpen ? IconLayoutSidebarRightCollapse : IconLayoutSidebarRightExpand;
  return (
    <div className={css.topBar}>
      <ActionIcon aria-label={t('back')} title={t('back')} disabled={index === 0} onClick={goBack}>
        <IconArrowLeft size={16} />
      </ActionIcon>
      <ActionIcon
        aria-label={t('forward')}
        title={t('forward')}
        disabled={index >= last}
        onClick={goForward}
      >
        <IconArrowRight size={16} />
      </ActionIcon>
      <nav aria-label={t('breadcrumbs')} style={{ flex: 1, minWidth: 0 }}>
        <ol className={css.crumbs}>
          {crumbs.map((crumb, position) => (
            <li key={crumb.key}>
              <button
                type="button"
                className={css.crumb}
                title={crumb.text}
                aria-current={position === crumbs.length - 1 ? 'page' : undefined}
                onClick={crumb.go}
              >
                {crumb.text}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      {workspace !== null && !several && (
        <ActionIcon aria-label={t('tabs.new')} title={t('tabs.new')} onClick={() => openTab()}>
          <IconPlus size={16} />
        </ActionIcon>
      )}
      <button type="button" className={css.search} data-tour="search" onClick={palette.open}>
        <IconSearch size={14} aria-hidden />
        <span>{t('palette')}</span>
        <Keys keys={['mod', 'K']} />
      </button>
      {workspace !== null && (
        <>
          <UndoButtons />
          <ActionIcon
            variant="default"
            data-tour="run"
            aria-label={t('actions.newRun')}
            title={t('actions.newRun')}
            onClick={() => showDialog({ kind: 'new-run' })}
          >
            <IconPlayerPlay size={16} />
          </ActionIcon>
          <ActionIcon
            aria-label={t('toggleInspector')}
            title={`${t('toggleInspector')}  ]`}
            aria-pressed={inspectorOpen}
            onClick={() => set({ inspectorOpen: !inspectorOpen })}
          >
            <Fold size={18} stroke={1.6} />
          </ActionIcon>
        </>
      )}
    </div>
  );
}

/** Folder ▸ view ▸ what the view shows; for a run, folder ▸ experiment ▸ run. */
function useCrumbs(workspace: WorkspaceInfo | null, route: Route | null): readonly Crumb[] {
  const { t } = useTranslation(['shell', 'common']);
  const runId = route?.view === 'run' ? (route.parts[0] ?? null) : null;
  const isId = runId !== null && /^[0-9a-f]{32}$/.test(runId);
  const run = useOperation(
    'runs.get',
    { id: isId ? runId : '' },
    { enabled: isId && workspace !== null, topics: [topics.runs] },
  ).data;
  const root: Crumb = {
    key: 'root',
    text: workspace?.name ?? t('common:appName'),
    go: () => goTo(home),
  };
  if (workspace === null || route === null) return [root];
  if (run !== undefined) {
    const experiment = run.label.split('.')[0] ?? '';
    return [
      root,
      {
        key: 'experiment',
        text: `${experiment} ${run.experimentName}`,
        go: () => {
          filterRuns({ experimentId: run.experimentId, text: '' });
          goTo(to('runs'));
        },
      },
      { key: 'run', text: run.label },
    ];
  }
  const view: Crumb = {
    key: 'view',
    text: t(`views.${route.view}`),
    go: () => goTo(to(route.view)),
  };
  return [root, view];
}
