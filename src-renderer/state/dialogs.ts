import { create } from 'zustand';

/** The dialog on screen. Features ask for one; the shell shows it. */
export type Dialog =
  | { readonly kind: 'new-run' }
  | { readonly kind: 'open-folder' }
  | { readonly kind: 'shortcuts' }
  | null;

export const useDialogs = create<{ readonly dialog: Dialog }>(() => ({ dialog: null }));

export function showDialog(dialog: Dialog): void {
  useDialogs.setState({ dialog });
}
