/**
 * Remote calls between a window and the core: a port that carries messages, a client that asks, a
 * server that answers, typed by `contract/`. The same over a MessagePort, a WebSocket and within one
 * process. Runs everywhere: nothing of Node or the DOM may be imported here.
 */
export { type CallOptions, type Client, createClient } from './client.ts';
export { RemoteError, type RemoteErrorCode } from './errors.ts';
export { requestLimits } from './frame.ts';
export type { HandlerContext, Handlers } from './handlers.ts';
export { type MessagePortLike, messagePort } from './message-port.ts';
export { createPair } from './pair.ts';
export type { Port } from './port.ts';
export { type ServeOptions, type Service, serve } from './serve.ts';
export { type SocketLike, socketPort } from './socket-port.ts';
export type { ItemStream } from './stream.ts';
