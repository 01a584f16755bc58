import type { runs as english } from '../en/runs.ts';
import type { Translated } from '../types.ts';

export const runs: Translated<typeof english> = {
  title: 'Runs',
};
