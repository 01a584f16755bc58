/** The port over a MessagePort: Node's, Electron's MessagePortMain, or a page's. */
import type { Message } from './message.ts';
import { Closing, dataOf, Inbox, type Port } from './port.ts';
import { mapViews, type View } from './values.ts';

/**
 * What the three kinds have in common. A page's and Node's have `addEventListener`; Electron's main
 * process has `on`, and hands its listeners an event too.
 */
export interface MessagePortLike {
  postMessage(message: unknown): void;
  close(): void;
  start?(): void;
  addEventListener?(type: string, listener: (event: unknown) => void): void;
  on?(type: string, listener: (event: unknown) => void): unknown;
}

/** The last message of a port that is closed in order: a page's MessagePort has no event for it. */
const farewell = null;

/** Wraps a MessagePort. Values are copied by structured clone: typed arrays and NaN arrive as they are. */
export function messagePort(target: MessagePortLike): Port {
  const closing = new Closing();
  const inbox = new Inbox();
  listen(target, 'message', (event) => {
    const data = dataOf(event);
    if (data === farewell) close();
    else if (!closing.closed) inbox.deliver(data);
  });
  listen(target, 'close', () => closing.close());
  const close = () => {
    if (closing.closed) return;
    target.close();
    closing.close();
  };
  return {
    post(message: Message) {
      if (!closing.closed) target.postMessage(mapViews(message, compact));
    },
    onMessage(listener) {
      inbox.listen(listener);
      target.start?.();
    },
    onClose: (listener) => closing.add(listener),
    close() {
      if (!closing.closed) target.postMessage(farewell);
      close();
    },
  };
}

function listen(target: MessagePortLike, type: string, listener: (event: unknown) => void): void {
  if (target.addEventListener !== undefined) target.addEventListener(type, listener);
  else target.on?.(type, listener);
}

/**
 * A clone of a view carries its whole buffer along: all of a 100 MB file for one line of it, or
 * whatever else shares Node's pool. So a view of a part is cut out first. (Not with `view.slice()`
 * for bytes: a Node Buffer's own does not copy.)
 */
function compact(view: View): View {
  if (view.byteLength === view.buffer.byteLength) return view;
  return view instanceof Uint8Array ? Uint8Array.prototype.slice.call(view) : view.slice();
}
