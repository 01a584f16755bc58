import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export type OnPick = (side: 'left' | 'right', path: string) => void;

/** Chooses a model as one of the two sides. */
export function SideButtons({
  path,
  name,
  onPick,
}: {
  readonly path: string;
  /** As it is called on the page. */
  readonly name: string;
  readonly onPick: OnPick;
}) {
  const { t } = useTranslation('models');
  return (['left', 'right'] as const).map((side) => (
    <Button
      key={side}
      variant="subtle"
      aria-label={t(side === 'left' ? 'pickLeft' : 'pickRight', { path: name })}
      onClick={() => onPick(side, path)}
    >
      {t(side === 'left' ? 'from' : 'to')}
    </Button>
  ));
}
