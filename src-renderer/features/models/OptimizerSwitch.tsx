import { Switch } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isOptimizerState } from '../../client/index.ts';

/**
 * Leaves the state of an optimizer out of a picture, where there is a model beside it.
 * @param nameOf of a layer, or a tensor
 * @returns what to draw, and a switch to draw all; null where there is nothing to choose
 */
export function useModelOnly<T>(
  all: readonly T[],
  nameOf: (one: T) => string,
): { readonly drawn: readonly T[]; readonly optimizerSwitch: ReactNode } {
  const { t } = useTranslation('models');
  const [whole, setWhole] = useState(false);
  const model = useMemo(() => all.filter((one) => !isState(nameOf(one))), [all, nameOf]);
  const both = model.length > 0 && model.length < all.length;
  return {
    drawn: both && !whole ? model : all,
    optimizerSwitch: both && (
      <Switch
        label={t('optimizer')}
        checked={whole}
        onChange={(event) => setWhole(event.currentTarget.checked)}
      />
    ),
  };
}

/** A layer's name ends where that of its tensors goes on. */
function isState(name: string): boolean {
  return isOptimizerState(`${name}.`);
}
