import type { compare as english } from '../en/compare.ts';
import type { Translated } from '../types.ts';

export const compare: Translated<typeof english> = {
  title: '比较',
};
