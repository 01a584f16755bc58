/** What answers: one function per operation, typed by the contract. */
import type { Item, OperationName, Output, ParsedInput } from '../contract/index.ts';

export interface HandlerContext<N extends OperationName> {
  /** Aborted when the caller gives up or goes away. */
  readonly signal: AbortSignal;
  /**
   * Sends one item to the caller, in order. Resolves when there is room for the next, so that a
   * producer that awaits it never runs ahead of a slow consumer; an occasional progress report need
   * not wait. Rejects when the signal is aborted or the item cannot be sent. The item must not be
   * changed afterwards.
   */
  emit(item: Item<N>): Promise<void>;
}

/** The core as the shells see it. */
export type Handlers = {
  readonly [N in OperationName]: (
    input: ParsedInput<N>,
    context: HandlerContext<N>,
  ) => Promise<Output<N>>;
};
