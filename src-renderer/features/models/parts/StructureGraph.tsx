import { Breadcrumbs, Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Structure, StructureNode } from '../../../client/index.ts';
import { type CardLook, GraphView } from '../../../ui/graph/index.ts';
import { formatNumber, middleEllipsis } from '../../../ui/index.ts';
import { type Card, groupId, levelOf, stepLabel } from './levels.ts';
import css from './parts.module.css';

const card = { width: 196, height: 60 } as const;
const tones: Readonly<Record<StructureNode['change'], CardLook['tone']>> = {
  same: 'plain',
  added: 'good',
  removed: 'bad',
  modified: 'warn',
  renamed: 'active',
};

/** The graph, level by level: Enter goes into a card that stands for several nodes, Backspace out. */
export function StructureGraph({
  structure,
  single,
  selected,
  onSelect,
}: {
  readonly structure: Structure;
  readonly single: boolean;
  readonly selected: number | null;
  readonly onSelect: (node: number | null) => void;
}) {
  const { t } = useTranslation('models');
  const [path, setPath] = useState<readonly string[]>([]);
  const [group, setGroup] = useState<string | null>(null);
  const [moved, setMoved] = useState(false);
  const level = useMemo(() => levelOf(structure, path), [structure, path]);
  const cards = useMemo(() => new Map(level.cards.map((one) => [one.id, one])), [level]);
  const chosen = group ?? (selected === null ? null : `n${selected}`);
  const lookOf = useCallback(
    (id: string): CardLook => {
      const one = cards.get(id);
      if (one === undefined) return { content: null, tone: 'dim', title: '' };
      const node = one.node === null ? null : (structure.nodes[one.node] ?? null);
      if (node === null) {
        return {
          content: <GroupContent card={one} single={single} />,
          tone: single || one.changed === 0 ? 'plain' : 'warn',
          title: labelOf(one, t),
        };
      }
      return {
        content: <NodeContent node={node} single={single} />,
        tone: node.code ? 'bad' : single ? 'plain' : tones[node.change],
        title: [node.name, node.from, node.op].filter(Boolean).join('\n'),
        dashed: one.outside || node.role !== 'node',
      };
    },
    [cards, structure, single, t],
  );
  const select = (id: string | null): void => {
    const node = id === null ? null : (cards.get(id)?.node ?? null);
    setGroup(node === null ? id : null);
    onSelect(node);
  };
  const enter = (to: readonly string[], chosen: string | null = null): void => {
    setPath(to);
    setGroup(chosen);
    setMoved(true);
    onSelect(null);
  };
  /** Out of what was gone into last, whose card is then chosen. */
  const back = (): void => {
    const step = level.path.at(-1);
    if (step !== undefined) enter(level.path.slice(0, -1), groupId(step));
  };
  const open = (id: string): void => {
    const one = cards.get(id);
    if (one?.path) enter(one.path);
    else if (one?.outside && one.node !== null) {
      setPath(structure.nodes[one.node]?.scope ?? []);
      setGroup(null);
      setMoved(true);
      onSelect(one.node);
    }
  };
  return (
    <div className={css.graph}>
      {level.path.length > 0 && <Crumbs path={level.path} onGo={enter} />}
      <GraphView
        key={level.path.join('/')}
        label={t('structure.graphLabel')}
        card={card}
        shape={{ ids: [...cards.keys()], edges: level.edges }}
        lookOf={lookOf}
        readable
        selected={chosen !== null && cards.has(chosen) ? chosen : null}
        onSelect={select}
        onOpen={open}
        onBack={back}
        autoFocus={moved}
      />
    </div>
  );
}

function Crumbs({
  path,
  onGo,
}: {
  readonly path: readonly string[];
  readonly onGo: (path: readonly string[]) => void;
}) {
  const { t } = useTranslation('models');
  return (
    <nav className={css.crumbs} aria-label={t('structure.where')}>
      <Breadcrumbs separator="▸" separatorMargin={4}>
        <Button variant="subtle" onClick={() => onGo([])}>
          {t('structure.whole')}
        </Button>
        {path.map((step, index) => {
          const label = stepLabel(step);
          return (
            <Button
              key={path.slice(0, index + 1).join('/')}
              variant="subtle"
              onClick={() => onGo(path.slice(0, index + 1))}
            >
              {'name' in label ? middleEllipsis(label.name, 32) : t('structure.stretch', label)}
            </Button>
          );
        })}
      </Breadcrumbs>
    </nav>
  );
}

/** The module, or the places of the cards that a stretch stands for. */
function labelOf({ label, path }: Card, t: TFunction<'models'>): string {
  if (label !== '') return middleEllipsis(label, 24);
  const step = stepLabel(path?.at(-1) ?? '');
  return 'name' in step ? step.name : t('structure.stretch', step);
}

function GroupContent({ card: one, single }: { card: Card; single: boolean }) {
  const { t } = useTranslation('models');
  return (
    <>
      <b className={css.cardTitle}>{labelOf(one, t)} ▸</b>
      <span className={css.cardText}>
        {t('structure.nodes', { count: one.nodes, amount: formatNumber(one.nodes) })}
        {!single && one.changed > 0 && (
          <>
            {' · '}
            {t('structure.differ', { amount: formatNumber(one.changed) })}
          </>
        )}
      </span>
    </>
  );
}

function NodeContent({ node, single }: { node: StructureNode; single: boolean }) {
  const { t } = useTranslation('models');
  const { t: common } = useTranslation();
  const title =
    node.role === 'node'
      ? node.fromOp === null
        ? node.op
        : `${node.fromOp} → ${node.op}`
      : t(`structure.${node.role}`);
  const name = shortName(node);
  return (
    <>
      <b className={css.cardTitle}>{middleEllipsis(title, 26)}</b>
      <span className={css.cardText}>
        {middleEllipsis(name, single || node.change === 'same' ? 30 : 18)}
        {!single && node.change !== 'same' && ` · ${common(`change.${node.change}`)}`}
      </span>
    </>
  );
}

/** Where a node stands, and its own name unless that is its operator. */
function shortName({ name, op, scope, type }: StructureNode): string {
  const last = name.split('/').at(-1) || type?.name || '';
  if (scope.length === 0) return last;
  return last === op ? scope.join('.') : `${scope.join('.')}.${last}`;
}
