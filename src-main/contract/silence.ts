/** Apart from the schemas: whoever only compares times need not load those. */

/**
 * A run that says it goes on, and of which nothing was heard for so long, in ms, may well be dead:
 * its client was killed, say. Long steps happen, so that nothing but a person ends it.
 */
export const silentAfterMs = 30 * 60_000;
