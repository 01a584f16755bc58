/** For what a caller need not hear: one who has gone is told by the signal of the call. */
export function quietly(sent: Promise<void>): void {
  sent.catch(() => undefined);
}
