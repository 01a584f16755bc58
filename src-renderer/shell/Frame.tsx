import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  changeFolder,
  type Route,
  useDialogs,
  useNavigation,
  useOpening,
  usePreferences,
  type ViewName,
} from '../state/index.ts';
import { ConfirmDialog, ErrorState, InspectorContext, SplitPane } from '../ui/index.ts';
import { Dialogs } from './Dialogs.tsx';
import { DropZone } from './drop/DropZone.tsx';
import css from './Frame.module.css';
import { HistoryBanner } from './HistoryBanner.tsx';
import { Inspector } from './Inspector.tsx';
import { useRunEnds } from './notices/use-run-ends.ts';
import { useTaskBar } from './notices/use-task-bar.ts';
import { OfflineStrip } from './OfflineStrip.tsx';
import { Opening } from './Opening.tsx';
import { Palette } from './Palette.tsx';
import { PaneView } from './PaneView.tsx';
import { Rail } from './Rail.tsx';
import { StatusLine } from './StatusLine.tsx';
import { TopBar } from './TopBar.tsx';
import { TrustBanner } from './TrustBanner.tsx';
import { TabStrip } from './tabs/TabStrip.tsx';
import { useTabLinks } from './tabs/use-tab-links.ts';
import { useShellCommands } from './use-shell-commands.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useTitle } from './use-title.ts';
import { useWorkspace } from './use-workspace.ts';

/** Views that say everything about what they show themselves. */
const withoutInspector: readonly ViewName[] = [
  'overview',
  'run',
  'charts',
  'compare',
  'diff',
  'models',
  'settings',
  'bundles',
  'sources',
  'notebooks',
  'tidy',
  'welcome',
];

/** Views that show something where no folder is open: a colleague's bundle, two model files. */
function withoutFolder({ view, query }: Route): boolean {
  return (
    view === 'settings' ||
    (view === 'bundles' && query.file !== undefined) ||
    (view === 'models' && query.left !== undefined)
  );
}

const welcome = { view: 'welcome', parts: [], query: {} } as const;

/** The frame: what stands where. A folder must be open before anything but the welcome page shows. */
export function Frame() {
  const { t } = useTranslation('shell');
  const { workspace, error, reload } = useWorkspace();
  const place = useNavigation((state) => state.place);
  const tab = useNavigation((state) => state.all.active);
  const opening = useOpening((state) => state.opening);
  const dialog = useDialogs((state) => state.dialog);
  const inspectorOpen = usePreferences((state) => state.inspectorOpen);
  const inspectorWidth = usePreferences((state) => state.inspectorWidth);
  const besideWidth = usePreferences((state) => state.besideWidth);
  const runCharts = usePreferences((state) => state.runCharts);
  const set = usePreferences((state) => state.set);
  const [inspector, setInspector] = useState<HTMLElement | null>(null);
  useShortcuts();
  useShellCommands();
  useTabLinks();
  useTitle(workspace ?? null);
  useRunEnds(workspace ?? null);
  useTaskBar(workspace?.counts.running ?? 0);
  const root = workspace === undefined ? undefined : (workspace?.root ?? null);
  useEffect(() => {
    if (root !== undefined) changeFolder(root);
  }, [root]);

  const main = place?.main ?? null;
  const alone = main !== null && withoutFolder(main);
  const folder = workspace !== undefined && workspace !== null;
  const inspecting =
    inspectorOpen &&
    folder &&
    main !== null &&
    place?.beside == null &&
    !withoutInspector.includes(main.view) &&
    !(main.view === 'runs' && runCharts);
  const content =
    opening !== null ? (
      <Opening opening={opening} />
    ) : workspace === undefined ? (
      error !== null && <ErrorState error={error} onRetry={reload} />
    ) : !folder && !alone ? (
      <PaneView slot="main" route={welcome} />
    ) : (
      <SplitPane
        label={t('inspector')}
        fixed="second"
        min={220}
        max={640}
        size={inspectorWidth}
        onSize={(width) => set({ inspectorWidth: width })}
        second={inspecting ? <Inspector target={setInspector} /> : null}
        first={
          <InspectorContext value={inspecting ? inspector : null}>
            <SplitPane
              label={t('beside')}
              fixed="second"
              min={320}
              max={1600}
              size={besideWidth}
              onSize={(width) => set({ besideWidth: width })}
              first={<PaneView key={tab} slot="main" route={main} />}
              second={
                place?.beside == null ? null : (
                  <PaneView key={tab} slot="beside" route={place.beside} />
                )
              }
            />
          </InspectorContext>
        }
      />
    );

  return (
    <div className={css.frame} data-folder={folder || undefined}>
      <button type="button" className={css.skip} onClick={focusMain}>
        {t('skip')}
      </button>
      <Rail enabled={folder} current={main?.view ?? null} />
      <div className={css.column}>
        {folder && <TabStrip />}
        <TopBar workspace={workspace ?? null} />
        <OfflineStrip />
        {folder && workspace.git !== null && <HistoryBanner git={workspace.git} />}
        {folder && <TrustBanner workspace={workspace} />}
        <main className={css.main} id="main-view" tabIndex={-1} aria-label={t('main')}>
          {content}
        </main>
      </div>
      <StatusLine workspace={workspace ?? null} />
      <Palette workspace={workspace ?? null} />
      <Dialogs dialog={dialog} />
      <ConfirmDialog />
      <DropZone />
    </div>
  );
}

function focusMain(): void {
  document.getElementById('main-view')?.focus();
}
