import { Modal, type ModalProps } from '@mantine/core';
import { useLayoutEffect } from 'react';
import { dropKeys, holdKeys } from './early-keys.ts';
import { useReturnFocus } from './return-focus.ts';

/**
 * A dialog that is there as long as it is open. When it goes, the keyboard is where it was before:
 * Mantine's own sees to that only for dialogs that stay mounted while they are closed.
 * @param waiting whether it stands in for one whose contents are on their way
 */
export function Dialog({
  waiting = false,
  ...props
}: Omit<ModalProps, 'opened'> & { waiting?: boolean }) {
  useReturnFocus();
  useLayoutEffect(() => {
    holdKeys();
    // What it stands in for is asked for still, and takes what was typed.
    return waiting ? undefined : dropKeys;
  }, [waiting]);
  return <Modal opened data-waiting={waiting || undefined} {...props} />;
}
