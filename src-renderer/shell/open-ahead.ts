import type { QueryCache } from '../client/index.ts';
import { changeFolder, useNavigation, type ViewName } from '../state/index.ts';
import { loadView } from './routes.tsx';
import { askForWorkspace } from './use-workspace.ts';

/**
 * Everything that the window shows first, before it is drawn: the folder, the code of the view in
 * front, and what that asks for. Drawing it once is half the work of drawing it as it comes.
 * @throws what keeps the view's code from being loaded
 */
export async function openAhead(queries: QueryCache): Promise<void> {
  const inFront = (): ViewName | undefined => useNavigation.getState().place?.main.view;
  const arrived = inFront();
  // Its code comes while the core is asked.
  const code = arrived === undefined ? null : loadView(arrived);
  code?.catch(() => {});
  const info = await askForWorkspace(queries);
  if (info === undefined) return;
  // The tabs that the folder was left with may have another view in front.
  changeFolder(info?.root ?? null);
  const view = info === null ? 'welcome' : inFront();
  if (view === undefined) return;
  const { ahead } = await loadView(view);
  if (info !== null) await ahead?.(queries);
}
