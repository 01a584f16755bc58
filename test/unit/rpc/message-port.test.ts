/** What only a MessagePort can get wrong. */
import { MessageChannel } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { messagePort } from '../../../src-main/rpc/index.ts';

it.each([
  ['a view of a part', new Uint8Array(1000).subarray(10, 20)],
  ['a Buffer from the pool', Buffer.from('0123456789')],
  ['a column of a part', new Float64Array(100).subarray(3, 5)],
])('clones only what is seen of %s', async (_name, view) => {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const received = new Promise<{ item: typeof view }>((resolve) => port2.once('message', resolve));
  messagePort(port1).post({ kind: 'value', id: 1, item: view });
  const { item } = await received;
  expect([...item]).toEqual([...view]);
  expect(item.buffer.byteLength).toBe(view.byteLength);
});
