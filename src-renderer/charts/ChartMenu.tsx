/** What can be done with any chart: copy and save it, and go back to the whole range. */
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { printPicture } from './print.ts';
import { copyImage, fileName, type ImageFormat, saveBlob } from './save.ts';
import type { Drawing } from './use-plot.ts';

interface ChartMenuProps {
  readonly title: string;
  readonly plot: Pick<Drawing, 'status' | 'picture'>;
  /** The numbers behind the chart; awaited, since all points may have to be fetched first. */
  readonly csv: () => string | Promise<string>;
  /** Absent where there is nothing to zoom. */
  readonly onReset?: (() => void) | undefined;
}

export function ChartMenu({ title, plot, csv, onReset }: ChartMenuProps) {
  const { t } = useTranslation('charts');
  const image = (format: ImageFormat): Promise<Blob> => plot.picture(format, title);
  const act = (work: () => Promise<unknown>, done?: string) => async (): Promise<void> => {
    try {
      await work();
      if (done !== undefined) notifications.show({ message: done });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      notifications.show({ title: t('failed'), message, color: 'red' });
    }
  };
  const save = (format: ImageFormat) =>
    act(async () => saveBlob(await image(format), fileName(title, format)));
  const saveCsv = act(async () =>
    saveBlob(new Blob([await csv()], { type: 'text/csv' }), fileName(title, 'csv')),
  );
  const drawn = plot.status === 'drawn';
  return (
    <Menu position="bottom-end" withinPortal>
      <Tooltip label={t('menu')} openDelay={400}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('menuOf', { title })}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        {onReset && (
          <>
            <Menu.Item disabled={!drawn} onClick={onReset} rightSection={<kbd>0</kbd>}>
              {t('resetZoom')}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Item
          disabled={!drawn}
          onClick={act(() => copyImage(image('png')), t('copiedPicture'))}
        >
          {t('copyPng')}
        </Menu.Item>
        <Menu.Item
          disabled={!drawn}
          onClick={act(
            async () => navigator.clipboard.writeText(await (await image('svg')).text()),
            t('copiedSvg'),
          )}
        >
          {t('copySvg')}
        </Menu.Item>
        <Menu.Item
          onClick={act(async () => navigator.clipboard.writeText(await csv()), t('copiedNumbers'))}
        >
          {t('copyCsv')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item disabled={!drawn} onClick={save('png')}>
          {t('savePng')}
        </Menu.Item>
        <Menu.Item disabled={!drawn} onClick={save('svg')}>
          {t('saveSvg')}
        </Menu.Item>
        <Menu.Item onClick={saveCsv}>{t('saveCsv')}</Menu.Item>
        <Menu.Item
          disabled={!drawn}
          onClick={act(async () => printPicture(await image('svg'), title))}
        >
          {t('print')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
