/** The port without a wire: both ends in one process, as the command line uses it. */
import type { Message } from './message.ts';
import { Closing, Inbox, type Port } from './port.ts';

/**
 * Two connected ends. Messages arrive in order, never within the call of `post`, and by reference:
 * nothing is copied, so neither side may change what it sent or received.
 */
export function createPair(): [Port, Port] {
  const closing = new Closing();
  const inboxes = [new Inbox(), new Inbox()] as const;
  const end = (own: Inbox, other: Inbox): Port => ({
    post(message: Message) {
      if (closing.closed) return;
      queueMicrotask(() => {
        if (!closing.closed) other.deliver(message);
      });
    },
    onMessage: (listener) => own.listen(listener),
    onClose: (listener) => closing.add(listener),
    close() {
      closing.close();
    },
  });
  return [end(inboxes[0], inboxes[1]), end(inboxes[1], inboxes[0])];
}
