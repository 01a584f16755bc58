import type { pipeline as english } from '../en/pipeline.ts';
import type { Translated } from '../types.ts';

export const pipeline: Translated<typeof english> = {
  title: '流水线',
};
