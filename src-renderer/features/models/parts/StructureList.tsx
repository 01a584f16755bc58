import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Structure, StructureNode } from '../../../client/index.ts';
import {
  Badge,
  ChangeMark,
  EmptyState,
  formatNumber,
  MiddleEllipsis,
  TreeView,
} from '../../../ui/index.ts';
import css from './parts.module.css';
import { structureRows } from './structure-tree.ts';

/** Nodes or layers as a tree of any size. */
export function StructureList({
  structure,
  single,
  onlyDifferences,
  text,
  selected,
  onSelect,
}: {
  readonly structure: Structure;
  readonly single: boolean;
  readonly onlyDifferences: boolean;
  readonly text: string;
  readonly selected: number | null;
  readonly onSelect: (node: number | null) => void;
}) {
  const { t } = useTranslation('models');
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [module, setModule] = useState<string | null>(null);
  const rows = useMemo(
    () => structureRows(structure, { onlyDifferences, text, folds }),
    [structure, onlyDifferences, text, folds],
  );
  const shown = useMemo(
    () =>
      rows.map((row) => {
        const node = row.node === null ? undefined : structure.nodes[row.node];
        return {
          id: row.id,
          level: row.level,
          open: row.open,
          content:
            node === undefined ? (
              <ModuleLine {...row} single={single} />
            ) : (
              <NodeLine node={node} single={single} />
            ),
        };
      }),
    [rows, structure, single],
  );
  return (
    <div className={css.tree}>
      {shown.length === 0 ? (
        <EmptyState title={text === '' ? t('structure.same') : t('structure.unmatched')} />
      ) : (
        <TreeView
          label={t('structure.listLabel')}
          rows={shown}
          active={module ?? (selected === null ? null : `n${selected}`)}
          onActive={(id) => {
            const row = rows.find((one) => one.id === id);
            setModule(row?.node === null ? id : null);
            onSelect(row?.node ?? null);
          }}
          onFold={(id, open) => setFolds(new Map(folds).set(id, open))}
        />
      )}
    </div>
  );
}

function ModuleLine(row: { name: string; nodes: number; changed: number; single: boolean }) {
  const { t } = useTranslation('models');
  return (
    <>
      <MiddleEllipsis text={row.name} max={60} mono />
      <span className={css.dim}>
        {t('structure.nodes', { count: row.nodes, amount: formatNumber(row.nodes) })}
        {!row.single && row.changed > 0 && (
          <>
            {' · '}
            {t('structure.differ', { amount: formatNumber(row.changed) })}
          </>
        )}
      </span>
    </>
  );
}

function NodeLine({ node, single }: { node: StructureNode; single: boolean }) {
  const { t } = useTranslation('models');
  const title = node.role === 'node' ? node.op : t(`structure.${node.role}`);
  return (
    <>
      {!single && <ChangeMark change={node.change} compact />}
      <b>{node.fromOp === null ? title : `${node.fromOp} → ${title}`}</b>
      <MiddleEllipsis text={node.name} max={56} mono />
      {node.from !== null && (
        <span className={css.dim} title={node.from}>
          ← <MiddleEllipsis text={node.from} max={32} mono />
        </span>
      )}
      {node.code && (
        <Badge tone="bad" shape="!">
          {t('structure.code')}
        </Badge>
      )}
      {node.type && (
        <span className={css.dim}>
          <MiddleEllipsis text={node.type.right ?? node.type.left ?? ''} max={32} mono />
        </span>
      )}
    </>
  );
}
