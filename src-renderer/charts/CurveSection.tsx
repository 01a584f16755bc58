import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconChevronRight,
  IconDots,
} from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, useCallback, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CurveCell, type CurveCellProps } from './CurveCell.tsx';
import classes from './charts.module.css';
import type { ChartSection, SectionSize } from './sections.ts';
import type { XRange } from './types.ts';

const sizes: Readonly<Record<SectionSize, { readonly width: number; readonly height: number }>> = {
  small: { width: 260, height: 160 },
  medium: { width: 360, height: 240 },
  large: { width: 640, height: 380 },
};
const dragType = 'application/x-cairn-section';

type Shared = Omit<CurveCellProps, 'metric' | 'height' | 'extent' | 'onExtent'>;

interface CurveSectionProps extends Shared {
  readonly section: ChartSection;
  /** Without a header the section is all there is. */
  readonly header: boolean;
  readonly onChange: (change: { folded?: boolean; size?: SectionSize }) => void;
  /** Up and down; null where it is the first or the last. */
  readonly onUp: (() => void) | null;
  readonly onDown: (() => void) | null;
  /** Another section was dropped on this one. */
  readonly onDropped: (id: string) => void;
}

/** The charts of one section, over the same stretch of x. */
export function CurveSection(props: CurveSectionProps) {
  const { section, header, onChange, onUp, onDown, onDropped, ...shared } = props;
  const { t } = useTranslation('charts');
  const id = useId();
  const { extent, onExtent } = useSharedExtent(
    `${shared.settings.xAxis} ${shared.settings.xKey} ${shared.entries.map((one) => one.runId)}`,
  );
  const { width, height } = sizes[section.size];
  const name = section.id === '' ? t('section.none') : section.id;
  const moveByKey = (event: KeyboardEvent): void => {
    const move = event.altKey
      ? event.key === 'ArrowUp'
        ? onUp
        : event.key === 'ArrowDown'
          ? onDown
          : null
      : null;
    if (move === null) return;
    event.preventDefault();
    move();
  };
  return (
    <section className={classes.section} aria-label={header ? name : undefined}>
      {header && (
        <div className={classes.sectionHead}>
          <h2 className={classes.sectionTitle}>
            <UnstyledButton
              className={classes.fold}
              aria-expanded={!section.folded}
              aria-controls={id}
              title={t('section.keys')}
              draggable
              onDragStart={(event: DragEvent) => event.dataTransfer.setData(dragType, section.id)}
              onDragOver={(event: DragEvent) => {
                if (event.dataTransfer.types.includes(dragType)) event.preventDefault();
              }}
              onDrop={(event: DragEvent) => onDropped(event.dataTransfer.getData(dragType))}
              onClick={() => onChange({ folded: !section.folded })}
              onKeyDown={moveByKey}
            >
              {section.folded ? (
                <IconChevronRight size={16} aria-hidden />
              ) : (
                <IconChevronDown size={16} aria-hidden />
              )}
              <span className={classes.sectionName}>{name}</span>
              <span className={classes.count}>{section.keys.length}</span>
            </UnstyledButton>
          </h2>
          <SectionMenu
            name={name}
            size={section.size}
            onSize={(size) => onChange({ size })}
            onUp={onUp}
            onDown={onDown}
          />
        </div>
      )}
      {!section.folded && (
        <div
          id={id}
          className={classes.grid}
          style={{
            gridTemplateColumns: `repeat(auto-fit, minmax(min(${width}px, 100%), 1fr))`,
          }}
        >
          {section.keys.map((metric) => (
            <CurveCell
              key={metric}
              {...shared}
              metric={metric}
              height={height}
              extent={extent}
              onExtent={onExtent}
            />
          ))}
        </div>
      )}
    </section>
  );
}

function SectionMenu({
  name,
  size,
  onSize,
  onUp,
  onDown,
}: {
  name: string;
  size: SectionSize;
  onSize: (size: SectionSize) => void;
} & Pick<CurveSectionProps, 'onUp' | 'onDown'>) {
  const { t } = useTranslation('charts');
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('section.menu', { name })}
          title={t('section.menu', { name })}
        >
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('section.size')}</Menu.Label>
        {(['small', 'medium', 'large'] as const).map((one) => (
          <Menu.Item
            key={one}
            onClick={() => onSize(one)}
            rightSection={one === size ? '✓' : undefined}
            aria-current={one === size || undefined}
          >
            {t(`section.${one}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
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
      </Menu.Dropdown>
    </Menu>
  );
}

/** All of x over the charts that have been seen; forgotten when `key` changes. */
function useSharedExtent(key: string): {
  readonly extent: XRange | null;
  readonly onExtent: (metric: string, own: XRange | null) => void;
} {
  const [known, setKnown] = useState<{ readonly key: string; readonly extent: XRange | null }>({
    key,
    extent: null,
  });
  const onExtent = useCallback(
    (_metric: string, own: XRange | null) => {
      if (own === null) return;
      setKnown((before) => {
        const all = before.key === key ? before.extent : null;
        const from = Math.min(own.from, all?.from ?? own.from);
        const to = Math.max(own.to, all?.to ?? own.to);
        return all !== null && all.from === from && all.to === to
          ? before
          : { key, extent: { from, to } };
      });
    },
    [key],
  );
  return { extent: known.key === key ? known.extent : null, onExtent };
}
