/** What travels over a port: four kinds of message, and the check of whatever arrives. */
import type { ErrorPlace } from '../base/errors.ts';

/** An error as it travels. */
export interface WireError {
  readonly code: string;
  /** A sentence for the user. */
  readonly message: string;
  readonly place: ErrorPlace | null;
  /** What a developer wants to see: a stack, or the list of invalid fields. */
  readonly details?: string;
}

/** Asks for an operation. Without `items` the caller has no use for them, and none are sent. */
export interface RequestMessage {
  readonly kind: 'request';
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
  readonly items: boolean;
}

/** One item of a stream, from the server to the client. */
export interface ItemMessage {
  readonly kind: 'value';
  readonly id: number;
  readonly item: unknown;
}

/** From the client to the server: so many more items were consumed, send as many more. */
export interface TakenMessage {
  readonly kind: 'value';
  readonly id: number;
  readonly taken: number;
}

/** The last message of a request: its output, or why there is none. */
export type EndMessage =
  | { readonly kind: 'end'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'end'; readonly id: number; readonly error: WireError };

/** From the client: nobody waits for this request any more. There is no answer to it. */
export interface AbortMessage {
  readonly kind: 'abort';
  readonly id: number;
}

export type Message = RequestMessage | ItemMessage | TakenMessage | EndMessage | AbortMessage;

/**
 * Items a server may have under way to one consumer before it hears that some were taken. It bounds
 * the memory of both sides however slow the network or the consumer is.
 */
export const itemWindow = 32;

/** The message that `value` is, or null when it has another shape. Nothing inside is validated. */
export function parseMessage(value: unknown): Message | null {
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Record<string, unknown>;
  if (!isCount(fields.id)) return null;
  switch (fields.kind) {
    case 'request':
      if (typeof fields.name !== 'string' || typeof fields.items !== 'boolean') return null;
      return 'input' in fields ? (value as RequestMessage) : null;
    case 'value':
      if ('item' in fields) return value as ItemMessage;
      return isCount(fields.taken) ? (value as TakenMessage) : null;
    case 'end':
      if ('output' in fields) return value as EndMessage;
      return isWireError(fields.error) ? (value as EndMessage) : null;
    case 'abort':
      return value as AbortMessage;
    default:
      return null;
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isWireError(value: unknown): value is WireError {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  return typeof fields.code === 'string' && typeof fields.message === 'string';
}
