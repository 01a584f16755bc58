import type { settings as english } from '../en/settings.ts';
import type { Translated } from '../types.ts';

export const settings: Translated<typeof english> = {
  title: 'Settings',
};
