import type { timeline as english } from '../en/timeline.ts';
import type { Translated } from '../types.ts';

export const timeline: Translated<typeof english> = {
  title: 'Timeline',
};
