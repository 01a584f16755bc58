import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SheetFormat } from './use-sheet.ts';

/** Items of a menu that take several charts along. */
export function SheetItems({ onTake }: { readonly onTake: (format: SheetFormat) => void }) {
  const { t } = useTranslation('charts');
  const names = { png: 'savePng', svg: 'saveSvg', csv: 'saveCsv', print: 'print' } as const;
  return (
    <>
      <Menu.Label>{t('section.together')}</Menu.Label>
      {(['png', 'svg', 'csv', 'print'] as const).map((format) => (
        <Menu.Item key={format} onClick={() => onTake(format)}>
          {t(names[format])}
        </Menu.Item>
      ))}
    </>
  );
}
