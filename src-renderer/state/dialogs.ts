import { create } from 'zustand';

/** The dialog on screen. Features ask for one; the shell shows it. */
export type Dialog =
  /** `from`: the id of a run that it starts out as. */
  | { readonly kind: 'new-run'; readonly from?: string }
  | { readonly kind: 'open-folder' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'tour' }
  | null;

export const useDialogs = create<{ readonly dialog: Dialog }>(() => ({ dialog: null }));

export function showDialog(dialog: Dialog): void {
  useDialogs.setState({ dialog });
}
