import type { models as english } from '../en/models.ts';
import type { Translated } from '../types.ts';

export const models: Translated<typeof english> = {
  title: '模型',
};
