/**
 * View state only: where the window is, what is selected, what the person prefers. Nothing that
 * the core knows is kept here.
 */
export { type Dialog, showDialog, useDialogs } from './dialogs.ts';
export { type CellKind, clearFilters, filterRuns, filterTimeline, useFilters } from './filters.ts';
export {
  goBack,
  goBeside,
  goForward,
  goTo,
  inNewTab,
  startNavigation,
  swapPanes,
  useNavigation,
} from './navigation.ts';
export { type Opening, useOpening } from './opening.ts';
export { type Pane, PaneContext, useGo, useMemory, useRoute } from './pane.ts';
export {
  type Density,
  resetPreferences,
  type TextSize,
  type ThemeChoice,
  textSizes,
  usePreferences,
} from './preferences.ts';
export {
  formatRoute,
  home,
  type Place,
  parsePlace,
  type Route,
  to,
  type ViewName,
} from './route.ts';
export {
  clearSelection,
  type Focus,
  focusOn,
  selectRuns,
  useSelection,
} from './selection.ts';
export {
  changeFolder,
  closeOtherTabs,
  closeTab,
  duplicateTab,
  moveTab,
  openTab,
  reopenTab,
  showNeighbour,
  showTab,
} from './tab-actions.ts';
export { stepOf, type Tab } from './tabs.ts';
export { noteVisit } from './visits.ts';
