import { useCallback, useState } from 'react';
import { type Input, type OperationName, type Output, useCall } from '../client/index.ts';
import { notifyError } from './messages.tsx';

/**
 * One thing a person can do: whether it is under way, and a function that does it. Errors are
 * shown as a message and give null; the view need not handle them.
 */
export function useCommand<N extends OperationName>(
  name: N,
): { readonly busy: boolean; run(input: Input<N>): Promise<Output<N> | null> } {
  const call = useCall();
  const [busy, setBusy] = useState(false);
  const run = useCallback(
    async (input: Input<N>) => {
      setBusy(true);
      try {
        return await call(name, input);
      } catch (error) {
        notifyError(error);
        return null;
      } finally {
        setBusy(false);
      }
    },
    [call, name],
  );
  return { busy, run };
}
