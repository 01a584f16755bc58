import { Menu } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from './messages.tsx';

/** An item of a menu that copies `text`. */
export function CopyMenuItem({ text, children }: { text: string; children: ReactNode }) {
  const { t } = useTranslation();
  const clipboard = useClipboard();
  return (
    <Menu.Item
      onClick={() => {
        clipboard.copy(text);
        notify(t('copied'));
      }}
    >
      {children}
    </Menu.Item>
  );
}
