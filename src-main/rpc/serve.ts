/** The answering side of a port. */
import { CairnError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { type OperationName, operations } from '../contract/index.ts';
import { invalidInput, toWire } from './errors.ts';
import type { HandlerContext, Handlers } from './handlers.ts';
import { type EndMessage, parseMessage, type RequestMessage, type WireError } from './message.ts';
import { Outbox } from './outbox.ts';
import type { Port } from './port.ts';

export interface ServeOptions {
  /** Told about errors that are nobody's fault but ours, and about malformed messages. */
  readonly logger?: Logger;
  /** Requests of one port at the same time; more are refused. */
  readonly maxRequests?: number;
}

export interface Service {
  /** Closes the port, aborts what is under way and resolves when every handler has returned. */
  close(): Promise<void>;
}

interface Active {
  readonly controller: AbortController;
  readonly outbox: Outbox;
  readonly done: Promise<void>;
}

type AnyHandler = (input: unknown, context: HandlerContext<OperationName>) => Promise<unknown>;

/**
 * Answers requests that come over `port` with `handlers`: checks names and inputs against the
 * contract, sends items and the end, aborts a handler whose caller gave up or whose port closed.
 */
export function serve(
  port: Port,
  handlers: Partial<Handlers>,
  options: ServeOptions = {},
): Service {
  const { logger, maxRequests = 1000 } = options;
  const active = new Map<number, Active>();

  const fail = (id: number, error: WireError) => port.post({ kind: 'end', id, error });

  const start = (request: RequestMessage) => {
    const { id, name } = request;
    if (active.has(id)) return port.close('a request id was used twice');
    if (active.size >= maxRequests) {
      return fail(id, toWire(new CairnError('failed', 'Too many requests at once. Try again.')));
    }
    const controller = new AbortController();
    const outbox = new Outbox((item) => port.post({ kind: 'value', id, item }));
    const done = answer(request, handlers, controller.signal, outbox)
      .then((end) => {
        if (end !== null) send(end, name);
      })
      .finally(() => active.delete(id));
    active.set(id, { controller, outbox, done });
  };

  const send = (end: EndMessage, name: string) => {
    if ('error' in end && end.error.code === 'internal') logger?.error(`${name} failed`, end.error);
    try {
      port.post(end);
    } catch (error) {
      logger?.error(`The answer to ${name} cannot be sent`, error);
      fail(end.id, toWire(error));
    }
  };

  const abort = (entry: Active) => {
    entry.outbox.close(new CairnError('cancelled', 'Cancelled.'));
    entry.controller.abort(new CairnError('cancelled', 'Cancelled.'));
  };

  port.onMessage((raw) => {
    const message = parseMessage(raw);
    if (message?.kind === 'request') start(message);
    else if (message?.kind === 'value' && 'taken' in message) {
      active.get(message.id)?.outbox.taken(message.taken);
    } else if (message?.kind === 'abort') {
      const entry = active.get(message.id);
      if (entry !== undefined) abort(entry);
    } else {
      logger?.warn('A malformed message closes its connection');
      port.close('malformed message');
    }
  });
  port.onClose(() => {
    for (const entry of active.values()) abort(entry);
  });
  return {
    async close() {
      const pending = [...active.values()].map((entry) => entry.done);
      port.close('closed by the server');
      await Promise.all(pending);
    },
  };
}

/** Runs one request to its end; null when the caller does not want to hear of it any more. */
async function answer(
  request: RequestMessage,
  handlers: Partial<Handlers>,
  signal: AbortSignal,
  outbox: Outbox,
): Promise<EndMessage | null> {
  const { id, name } = request;
  const handler = handlerOf(handlers, name);
  if (handler === null) {
    const error = new CairnError('unsupported', `There is no operation “${name}”.`);
    return { kind: 'end', id, error: toWire(error) };
  }
  try {
    const parsed = await operations[name as OperationName].input.safeParseAsync(request.input);
    if (!parsed.success) return { kind: 'end', id, error: invalidInput(name, parsed.error) };
    signal.throwIfAborted();
    const emit = (item: unknown) => (request.items ? outbox.emit(item) : Promise.resolve());
    const output = await handler(parsed.data, { signal, emit });
    await outbox.flushed();
    return signal.aborted ? null : { kind: 'end', id, output };
  } catch (error) {
    return signal.aborted ? null : { kind: 'end', id, error: toWire(error) };
  }
}

function handlerOf(handlers: Partial<Handlers>, name: string): AnyHandler | null {
  if (!Object.hasOwn(operations, name) || !Object.hasOwn(handlers, name)) return null;
  return (handlers[name as OperationName] as AnyHandler | undefined) ?? null;
}
