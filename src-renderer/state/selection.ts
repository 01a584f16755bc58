import { create } from 'zustand';

/** What the inspector shows. */
export type Focus =
  | { readonly kind: 'run'; readonly id: string }
  | { readonly kind: 'commit'; readonly oid: string }
  | null;

export interface Selection {
  /** Runs ticked for comparing, moving and so on, in the order in which they were ticked. */
  readonly runIds: readonly string[];
  readonly focus: Focus;
}

/** Survives going to another view and back; emptied when another folder is opened. */
export const useSelection = create<Selection>(() => ({ runIds: [], focus: null }));

export function selectRuns(runIds: readonly string[]): void {
  useSelection.setState({ runIds });
}

export function focusOn(focus: Focus): void {
  useSelection.setState({ focus });
}

export function clearSelection(): void {
  useSelection.setState({ runIds: [], focus: null });
}
