import type { diff as english } from '../en/diff.ts';
import type { Translated } from '../types.ts';

export const diff: Translated<typeof english> = {
  title: '差异',
};
