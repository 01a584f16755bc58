import { Modal, type ModalProps } from '@mantine/core';
import { useReturnFocus } from './return-focus.ts';

/**
 * A dialog that is there as long as it is open. When it goes, the keyboard is where it was before:
 * Mantine's own sees to that only for dialogs that stay mounted while they are closed.
 */
export function Dialog(props: Omit<ModalProps, 'opened'>) {
  useReturnFocus();
  return <Modal opened {...props} />;
}
