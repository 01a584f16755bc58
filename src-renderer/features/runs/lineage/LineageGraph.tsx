import { UnstyledButton } from '@mantine/core';
import {
  IconBoxSeam,
  IconCube,
  IconDatabase,
  IconFile,
  IconPlayerPlay,
  IconVersions,
} from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MiddleEllipsis, RunMark, Size, StatusBadge } from '../../../ui/index.ts';
import {
  cardHeight,
  cardWidth,
  type Direction,
  headOf,
  type Layout,
  linkedNames,
  type Node,
  neighbour,
  relatives,
} from './layout.ts';
import css from './lineage.module.css';

const icons = {
  run: IconPlayerPlay,
  file: IconFile,
  dataset: IconDatabase,
  model: IconCube,
  version: IconVersions,
  bundle: IconBoxSeam,
} as const;

const arrows: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/**
 * Columns of cards with lines between them, which arrow keys walk along; `LineageList` says the same
 * in words.
 */
export function LineageGraph({
  layout,
  self,
  onOpen,
}: {
  layout: Layout;
  /** Key of the run that the page is about. */
  self: string;
  onOpen: (node: Node) => void;
}) {
  const { t } = useTranslation('runPage');
  const [at, setAt] = useState(self);
  const [lit, setLit] = useState<string | null>(null);
  const cards = useRef(new Map<string, HTMLButtonElement>());
  const scroller = useRef<HTMLElement>(null);
  const near = useMemo(
    () => (lit === null ? null : relatives(layout.lines, lit)),
    [layout.lines, lit],
  );
  // The run itself is in the middle of what is seen first, or below the headings where it fits.
  useEffect(() => {
    const box = scroller.current;
    const card = cards.current.get(self);
    if (box === null || card === undefined) return;
    const place = card.closest('li');
    if (place === null) return;
    box.scrollLeft = place.offsetLeft + cardWidth / 2 - box.clientWidth / 2;
    const fits = place.offsetTop + cardHeight <= box.clientHeight;
    box.scrollTop = fits ? 0 : place.offsetTop + cardHeight / 2 - box.clientHeight / 2;
  }, [self]);
  const onKey = (event: KeyboardEvent, key: string): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = arrows[event.key];
    const next = event.key === 'Home' ? self : direction && neighbour(layout, key, direction);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (next === null) return;
    setAt(next);
    cards.current.get(next)?.focus();
  };
  const there = layout.columns.some(({ nodes }) => nodes.some(({ node }) => node.key === at));
  return (
    <section ref={scroller} className={css.scroller} aria-label={t('lineage.label')}>
      <div
        role="application"
        aria-label={t('lineage.graph')}
        className={css.canvas}
        style={{ width: layout.width, height: layout.height }}
      >
        <svg width={layout.width} height={layout.height} aria-hidden className={css.lines}>
          {layout.lines.map(({ from, to, path }) => (
            <path
              key={`${from} ${to}`}
              d={path}
              data-lit={(near?.has(from) && near.has(to)) || undefined}
              data-dim={(near !== null && !(near.has(from) && near.has(to))) || undefined}
            />
          ))}
        </svg>
        {layout.columns.map(({ index, x, nodes }) => (
          <div key={index}>
            <h2 className={css.head} style={{ left: x, width: cardWidth }}>
              {t(`lineage.column.${headOf(index)}`)}
            </h2>
            <ul className={css.column} aria-label={t(`lineage.column.${headOf(index)}`)}>
              {nodes.map(({ node, x: left, y: top }) => (
                <li
                  key={node.key}
                  className={css.place}
                  style={{ left, top, width: cardWidth, height: cardHeight }}
                >
                  <UnstyledButton
                    ref={(element) => {
                      if (element === null) cards.current.delete(node.key);
                      else cards.current.set(node.key, element);
                    }}
                    className={css.card}
                    data-kind={node.kind}
                    data-self={node.key === self || undefined}
                    data-dim={(near !== null && !near.has(node.key)) || undefined}
                    aria-current={node.key === self || undefined}
                    aria-description={spoken(layout, node, t)}
                    title={[node.name, ...node.also, node.detail].filter(Boolean).join('\n')}
                    tabIndex={node.key === (there ? at : self) ? 0 : -1}
                    onFocus={() => {
                      setAt(node.key);
                      setLit(node.key);
                    }}
                    onBlur={() => setLit(null)}
                    onMouseEnter={() => setLit(node.key)}
                    onMouseLeave={() => setLit(null)}
                    onKeyDown={(event) => onKey(event, node.key)}
                    onClick={() => onOpen(node)}
                  >
                    <Card node={node} />
                  </UnstyledButton>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}

function Card({ node }: { node: Node }) {
  const { t } = useTranslation('runPage');
  const Icon = icons[node.kind];
  if (node.run !== null) {
    return (
      <>
        <span className={css.name}>
          <RunMark label={node.run.label} size={12} />
          <strong>{node.run.label}</strong>
          <MiddleEllipsis text={node.name} max={20} />
        </span>
        <span className={css.dim}>
          <StatusBadge status={node.run.status} />
        </span>
      </>
    );
  }
  return (
    <>
      <span className={css.name}>
        <Icon size={14} aria-hidden />
        <MiddleEllipsis text={node.name} max={24} />
        {node.also.length > 0 && <span className={css.dim}>+{node.also.length}</span>}
      </span>
      <span className={css.dim}>
        {node.kind === 'version'
          ? t('lineage.version', { version: node.detail })
          : t(`lineage.kind.${node.kind}`)}
        {node.size !== null && (
          <>
            {' · '}
            <Size bytes={node.size} />
          </>
        )}
      </span>
    </>
  );
}

type T = ReturnType<typeof useTranslation<'runPage'>>['t'];

function spoken(layout: Layout, node: Node, t: T): string {
  const from = linkedNames(layout, node.key, 'from');
  const to = linkedNames(layout, node.key, 'to');
  return [
    ...(from === '' ? [] : [t('lineage.from', { names: from })]),
    ...(to === '' ? [] : [t('lineage.to', { names: to })]),
  ].join('. ');
}
