import { Menu, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import {
  type DragEvent,
  type KeyboardEvent,
  memo,
  useCallback,
  useId,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { ArrangeMenu } from './ArrangeMenu.tsx';
import { CurveCell, type CurveCellProps } from './CurveCell.tsx';
import classes from './charts.module.css';
import { SheetItems } from './SheetItems.tsx';
import type { ChartSection, SectionSize } from './sections.ts';
import type { XRange } from './types.ts';
import { useNear } from './use-near.ts';
import type { SheetFormat } from './use-sheet.ts';

const sizes: Readonly<Record<SectionSize, { readonly width: number; readonly height: number }>> = {
  small: { width: 260, height: 160 },
  medium: { width: 360, height: 240 },
  large: { width: 640, height: 380 },
};
const dragType = 'application/x-cairn-section';

type Shared = Omit<CurveCellProps, 'metric' | 'height' | 'extent' | 'onExtent'>;

/** What can be done with a section; the same object all the time. */
export interface SectionActions {
  change(id: string, change: { folded?: boolean; size?: SectionSize }): void;
  up(id: string): void;
  down(id: string): void;
  /** Moves a section to stand before another. */
  drop(id: string, before: string): void;
}

interface CurveSectionProps extends Shared {
  readonly section: ChartSection;
  /** Where it stands; `only` has no header, since there is nothing to arrange. */
  readonly place: 'only' | 'first' | 'middle' | 'last';
  readonly actions: SectionActions;
  /** Saves or prints charts together. Keep it stable. */
  readonly onTake: (keys: readonly string[], name: string, format: SheetFormat) => void;
}

/** The charts of one section, over the same stretch of x. */
export const CurveSection = memo(function CurveSection(props: CurveSectionProps) {
  const { section, place, actions, onTake, ...shared } = props;
  const header = place !== 'only';
  const onUp = place === 'middle' || place === 'last' ? () => actions.up(section.id) : null;
  const onDown = place === 'middle' || place === 'first' ? () => actions.down(section.id) : null;
  const onChange = (change: { folded?: boolean; size?: SectionSize }): void =>
    actions.change(section.id, change);
  const { t } = useTranslation('charts');
  const id = useId();
  const head = useRef<HTMLDivElement>(null);
  const near = useNear(head);
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
        <div ref={head} className={classes.sectionHead}>
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
              onDrop={(event: DragEvent) =>
                actions.drop(event.dataTransfer.getData(dragType), section.id)
              }
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
          {/* A menu takes longer to make than all the rest of a section, and there may be hundreds. */}
          {near && (
            <SectionMenu
              name={name}
              size={section.size}
              onSize={(size) => onChange({ size })}
              onUp={onUp}
              onDown={onDown}
              onTake={(format) => onTake(section.keys, name, format)}
            />
          )}
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
});

function SectionMenu({
  name,
  size,
  onSize,
  onUp,
  onDown,
  onTake,
}: {
  name: string;
  size: SectionSize;
  onSize: (size: SectionSize) => void;
  onUp: (() => void) | null;
  onDown: (() => void) | null;
  onTake: (format: SheetFormat) => void;
}) {
  const { t } = useTranslation('charts');
  return (
    <ArrangeMenu label={t('section.menu', { name })} onUp={onUp} onDown={onDown}>
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
      <SheetItems onTake={onTake} />
    </ArrangeMenu>
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
