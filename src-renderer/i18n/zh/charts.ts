import type { charts as english } from '../en/charts.ts';
import type { Translated } from '../types.ts';

export const charts: Translated<typeof english> = {
  title: '图表',
};
