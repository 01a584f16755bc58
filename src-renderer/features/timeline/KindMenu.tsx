import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CellKind } from '../../state/index.ts';

const kinds: readonly CellKind[] = ['run', 'commit', 'data', 'note', 'promotion', 'bundle'];

/** Which kinds of entries are shown; null is every one. */
export function KindMenu({
  value,
  onChange,
}: {
  value: readonly CellKind[] | null;
  onChange: (kinds: readonly CellKind[] | null) => void;
}) {
  const { t } = useTranslation('timeline');
  const chosen = value ?? kinds;
  const toggle = (kind: CellKind): void => {
    const next = kinds.filter((one) => chosen.includes(one) !== (one === kind));
    onChange(next.length === kinds.length ? null : next);
  };
  return (
    <Menu closeOnItemClick={false} position="bottom-start" shadow="sm">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          {value === null
            ? t('kind.all')
            : value.length === 1
              ? t(`kind.${value[0] as CellKind}`)
              : t('kind.some', { count: value.length })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('kinds')}>
        {kinds.map((kind) => (
          <Menu.CheckboxItem
            key={kind}
            checked={chosen.includes(kind)}
            onChange={() => toggle(kind)}
          >
            {t(`kind.${kind}`)}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => onChange(null)} disabled={value === null}>
          {t('kind.all')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
