/** The port over a WebSocket: a page's own, or one of the `ws` package, which has the same shape. */
import {
  decodeFrame,
  defaultLimits,
  encodeFrame,
  type FrameLimits,
  MalformedFrameError,
} from './frame.ts';
import type { Message } from './message.ts';
import { Closing, dataOf, Inbox, type Port } from './port.ts';

export interface SocketLike {
  binaryType: string;
  /** 0 connecting, 1 open, 2 closing, 3 closed */
  readonly readyState: number;
  readonly bufferedAmount: number;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  addEventListener(
    type: 'open' | 'message' | 'close' | 'error',
    listener: (event: unknown) => void,
  ): void;
}

export interface SocketPortOptions {
  /** What is accepted from the other side. */
  readonly limits?: FrameLimits;
  /** A peer that leaves more than this unread is given up; the window of a stream is far below it. */
  readonly maxBufferedBytes?: number;
}

/** Close codes of our own (4000–4999 are the application's). */
const closeCodes = { normal: 1000, malformed: 4400, slow: 4408 } as const;

/** Wraps a WebSocket. Messages posted while it is still connecting are sent when it is open. */
export function socketPort(socket: SocketLike, options: SocketPortOptions = {}): Port {
  const limits = options.limits ?? defaultLimits;
  const maxBuffered = options.maxBufferedBytes ?? defaultLimits.maxFrameBytes;
  const closing = new Closing();
  const inbox = new Inbox();
  const early: Uint8Array[] = [];
  socket.binaryType = 'arraybuffer';
  const close = (code: number, reason: string) => {
    if (closing.closed) return;
    socket.close(code, reason.slice(0, 100));
    closing.close();
  };
  const send = (frame: Uint8Array) => {
    socket.send(frame as Uint8Array<ArrayBuffer>);
    if (socket.bufferedAmount > maxBuffered) close(closeCodes.slow, 'the receiver is too slow');
  };
  const receive = (event: unknown) => {
    if (closing.closed) return;
    try {
      inbox.deliver(decodeFrame(bytesOf(dataOf(event)), limits));
    } catch (error) {
      if (!(error instanceof MalformedFrameError)) throw error;
      close(closeCodes.malformed, error.message);
    }
  };
  socket.addEventListener('open', () => {
    for (const frame of early.splice(0)) send(frame);
  });
  socket.addEventListener('message', receive);
  // An error is always followed by a close; listening keeps it from being thrown.
  socket.addEventListener('error', () => {});
  socket.addEventListener('close', () => closing.close());
  return {
    post(message: Message) {
      if (closing.closed || socket.readyState > 1) return;
      const frame = encodeFrame(message);
      if (socket.readyState === 0) early.push(frame);
      else send(frame);
    },
    onMessage: (listener) => inbox.listen(listener),
    onClose: (listener) => closing.add(listener),
    close: (reason = '') => close(closeCodes.normal, reason),
  };
}

function bytesOf(data: unknown): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (data instanceof Uint8Array) return data;
  throw new MalformedFrameError('it is text');
}
