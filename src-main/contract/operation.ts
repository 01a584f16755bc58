/** The shape of one operation: what goes in, what may stream out before the end, what comes back. */
import type { z } from 'zod';

export interface Operation<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  S extends z.ZodType = z.ZodType,
> {
  /** `read` changes nothing; `write` changes the store or the folder; `execute` starts the user's code. */
  readonly effect: 'read' | 'write' | 'execute';
  readonly input: I;
  readonly output: O;
  /** Items sent before the end, for operations that stream or report progress. */
  readonly item?: S;
}

/** Declares an operation; it exists only to keep the literal types. */
export function operation<
  I extends z.ZodType,
  O extends z.ZodType,
  S extends z.ZodType = z.ZodNever,
>(declaration: Operation<I, O, S>): Operation<I, O, S> {
  return declaration;
}
