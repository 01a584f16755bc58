import type { bundles as english } from '../en/bundles.ts';
import type { Translated } from '../types.ts';

export const bundles: Translated<typeof english> = {
  title: '复现包',
};
