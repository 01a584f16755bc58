import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDots, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The menu of something that stands in a list: what it can be, where it can go, and away with it. */
export function ArrangeMenu({
  label,
  icon = <IconDots size={16} aria-hidden />,
  onUp,
  onDown,
  onRemove,
  children,
}: {
  readonly label: string;
  readonly icon?: ReactNode;
  /** Null where it is the first already. */
  readonly onUp: (() => void) | null;
  readonly onDown: (() => void) | null;
  /** Absent for what cannot be removed. */
  readonly onRemove?: () => void;
  /** Choices of its own, above. */
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation('charts');
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} title={label}>
          {icon}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {children !== undefined && (
          <>
            {children}
            <Menu.Divider />
          </>
        )}
        <Menu.Item
          leftSection={<IconArrowUp size={14} />}
          disabled={onUp === null}
          onClick={() => onUp?.()}
        >
          {t('section.up')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown size={14} />}
          disabled={onDown === null}
          onClick={() => onDown?.()}
        >
          {t('section.down')}
        </Menu.Item>
        {onRemove !== undefined && (
          <Menu.Item leftSection={<IconTrash size={14} />} onClick={onRemove}>
            {t('panel.remove')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
