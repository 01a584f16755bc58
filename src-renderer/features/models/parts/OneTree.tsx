import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Output, type TreeNode, useOperation } from '../../../client/index.ts';
import { ErrorState, formatNumber, Skeletons, TreeView } from '../../../ui/index.ts';
import type { ModelSource } from '../use-model-diff.ts';
import css from './parts.module.css';

type Line = Output<'diff.tree'>['nodes'][number];

const marks: Readonly<Record<Line['change'], { shape: string; tone: string | undefined }>> = {
  same: { shape: '', tone: undefined },
  values: { shape: '~', tone: 'active' },
  structure: { shape: '≠', tone: 'warn' },
  added: { shape: '+', tone: 'good' },
  removed: { shape: '−', tone: 'bad' },
};

/** One tree of both models, a line for every node: splits with what is below them, then leaves. */
export function OneTree(input: {
  readonly left: ModelSource;
  readonly right: ModelSource | null;
  readonly index: number;
}) {
  const { t } = useTranslation('models');
  const { left, right, index } = input;
  const query = useOperation('diff.tree', { left, right, index });
  const [active, setActive] = useState<string | null>(null);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const single = right === null;
  const lines = query.data?.nodes;
  const rows = useMemo(
    () =>
      visible(lines ?? [], folded).map(({ line, id, open }) => ({
        id,
        level: line.depth + 1,
        open,
        content: <NodeLine key={id} line={line} single={single} />,
      })),
    [lines, folded, single],
  );
  const title = t('trees.one', { index });
  return (
    <section className={css.oneTree} aria-label={title}>
      <h2 className={css.panelTitle}>{title}</h2>
      {query.error !== null && <ErrorState error={query.error} onRetry={query.reload} />}
      {query.error === null && lines === undefined && <Skeletons rows={6} />}
      {lines !== undefined && (
        <div className={css.tree}>
          <TreeView
            label={title}
            rows={rows}
            active={active}
            onActive={setActive}
            onFold={(id, open) => {
              const next = new Set(folded);
              if (open) next.delete(id);
              else next.add(id);
              setFolded(next);
            }}
          />
        </div>
      )}
      {(query.data?.leftOut ?? 0) > 0 && (
        <p className={css.dim}>
          {t('trees.nodesLeftOut', { amount: formatNumber(query.data?.leftOut ?? 0) })}
        </p>
      )}
    </section>
  );
}

/** A line as it is now: its place, and whether what is below it is open. */
interface Shown {
  readonly line: Line;
  readonly id: string;
  readonly open: boolean | null;
}

/** Without what is below folded splits. */
function visible(lines: readonly Line[], folded: ReadonlySet<string>): Shown[] {
  const shown: Shown[] = [];
  let hiddenBelow = Number.POSITIVE_INFINITY;
  for (const [at, line] of lines.entries()) {
    if (line.depth > hiddenBelow) continue;
    hiddenBelow = Number.POSITIVE_INFINITY;
    const id = String(at);
    const hasMore = line.kind === 'split' && (lines[at + 1]?.depth ?? 0) > line.depth;
    const open = hasMore ? !folded.has(id) : null;
    if (open === false) hiddenBelow = line.depth;
    shown.push({ line, id, open });
  }
  return shown;
}

function NodeLine({ line, single }: { line: Line; single: boolean }) {
  const { t } = useTranslation('models');
  const { left, right, change } = line;
  const { shape, tone } = marks[change];
  const [before, after] = [
    left && nodeText(left, t('trees.computed')),
    right && nodeText(right, t('trees.computed')),
  ];
  const text =
    before === null || after === null || before === after
      ? (after ?? before)
      : `${before} → ${after}`;
  const shown = right ?? left;
  return (
    <span className={css.treeNode} data-tone={single ? undefined : tone}>
      {!single && (
        <span className={css.treeMark} aria-hidden>
          {shape}
        </span>
      )}
      {line.kind === 'leaf' && <span className={css.dim}>{t('trees.leaf')}</span>}
      {line.kind === 'level' && <span className={css.dim}>{t('trees.level')}</span>}
      <code title={before !== after && before && after ? `${before} → ${after}` : undefined}>
        {text}
      </code>
      {!single && change !== 'same' && (
        <span className={css.hidden}>{t(`trees.state.${change}`)}</span>
      )}
      {shown !== null && line.kind !== 'leaf' && shown.missingFirst && (
        <span className={css.dim}>{t('trees.missing')}</span>
      )}
    </span>
  );
}

function nodeText({ feature, operator, value, more }: TreeNode, computed: string): string {
  if (operator === null) return [value, ...more].map((one) => digits(one)).join(', ');
  const name = feature ?? computed;
  if (value === null) return operator === 'in' ? `${name} ∈ {…}` : name;
  return `${name} ${operator} ${digits(value)}`;
}

function digits(value: number | null): string {
  return value === null ? '–' : String(Number(value.toPrecision(6)));
}
