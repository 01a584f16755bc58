/** A call whose items are pulled instead of pushed. */

export interface ItemStream<T, R> extends AsyncIterable<T> {
  /** What the operation gives back at its end. Settles only when the items have been pulled. */
  readonly output: Promise<R>;
}

interface Offer<T> {
  readonly item: T;
  readonly taken: () => void;
}

/**
 * Turns a pushing call into a pulling one: an item counts as received when the loop has asked for
 * it, so that a slow loop slows the producer.
 * @param signal the caller's own; leaving the loop aborts the call too
 */
export function streamOf<T, R>(
  signal: AbortSignal | undefined,
  call: (signal: AbortSignal, onItem: (item: T) => Promise<void>) => Promise<R>,
): ItemStream<T, R> {
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal?.reason);
  if (signal?.aborted) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });

  let offer: Offer<T> | null = null;
  let wake: (() => void) | null = null;
  let settled = false;
  const output = call(controller.signal, (item) => {
    return new Promise<void>((taken) => {
      offer = { item, taken };
      wake?.();
    });
  });
  const onSettled = () => {
    settled = true;
    signal?.removeEventListener('abort', onAbort);
    wake?.();
  };
  output.then(onSettled, onSettled);

  const take = (): Offer<T> | null => {
    const taken = offer;
    offer = null;
    return taken;
  };

  async function* iterate(): AsyncGenerator<T, void, undefined> {
    try {
      while (true) {
        const next = take();
        if (next !== null) {
          next.taken();
          yield next.item;
        } else if (settled) {
          await output;
          return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      controller.abort();
    }
  }

  const items = iterate();
  return { output, [Symbol.asyncIterator]: () => items };
}
