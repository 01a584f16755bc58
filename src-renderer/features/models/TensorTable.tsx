import { Switch } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TensorChange } from '../../client/index.ts';
import {
  AppTable,
  Badge,
  CopyText,
  EmptyState,
  type GrowingColumn,
  MiddleEllipsis,
  NumberText,
  useFilledColumns,
} from '../../ui/index.ts';
import css from './models.module.css';
import { nameColumn } from './name-column.tsx';
import { formatShare } from './share.ts';
import { TensorDetail } from './TensorDetail.tsx';
import { filterTensors, shapeText, stateOf, type TensorState, tensorsText } from './tensors.ts';
import type { ModelSource } from './use-model-diff.ts';

const shapes: Readonly<Record<TensorState, { readonly shape: string; readonly tone: string }>> = {
  changed: { shape: '~', tone: 'active' },
  equal: { shape: '=', tone: 'dim' },
  added: { shape: '+', tone: 'good' },
  removed: { shape: '−', tone: 'bad' },
  reshaped: { shape: '▱', tone: 'warn' },
  pending: { shape: '◌', tone: 'dim' },
  unmeasured: { shape: '?', tone: 'warn' },
};

/** Every tensor of either file with its measures. */
export function TensorTable({
  left,
  right,
  tensors,
  finished,
  text,
  search,
}: {
  readonly left: ModelSource;
  readonly right: ModelSource;
  readonly tensors: readonly TensorChange[];
  /** Whether all that will be measured has been. */
  readonly finished: boolean;
  readonly text: string;
  readonly search: ReactNode;
}) {
  const { t } = useTranslation('models');
  const { t: common } = useTranslation();
  const [onlyDifferences, setOnlyDifferences] = useState(true);
  const [active, setActive] = useState<string | null>(null);
  const rows = useMemo(
    () => filterTensors(tensors, { text, onlyDifferences, finished }),
    [tensors, text, onlyDifferences, finished],
  );
  const columns = useFilledColumns(useColumns(finished));
  const current = rows.find((tensor) => tensor.name === active);
  return (
    <section className={css.table} aria-label={t('table')}>
      <div className={css.tableTools}>
        <span className={css.dim}>
          {common('showing', { shown: rows.length, total: tensors.length })}
        </span>
        {search}
        <Switch
          label={t('onlyDifferences')}
          checked={onlyDifferences}
          onChange={(event) => setOnlyDifferences(event.currentTarget.checked)}
        />
        <span className={css.end}>
          <CopyText text={tensorsText(rows)} />
        </span>
      </div>
      <div ref={columns.ref} className={css.tableBox}>
        <AppTable
          label={t('table')}
          rows={rows}
          columns={columns.columns}
          rowKey={(tensor) => tensor.name}
          activeKey={active}
          onActive={setActive}
          rowTone={(tensor) => (stateOf(tensor, finished) === 'equal' ? 'dim' : undefined)}
          empty={<EmptyState title={text === '' ? t('allEqual') : t('unmatched')} />}
        />
      </div>
      {current !== undefined && <TensorDetail left={left} right={right} tensor={current} />}
    </section>
  );
}

function useColumns(finished: boolean): GrowingColumn<TensorChange>[] {
  const { t } = useTranslation('models');
  return useMemo(() => {
    const measure = (
      id: 'relativeL2' | 'cosine' | 'maxAbs' | 'meanAbs',
      digits: number,
    ): GrowingColumn<TensorChange> => ({
      id,
      header: t(`column.${id}`),
      hint: t(`hint.${id}`),
      width: 104,
      align: 'end',
      value: (tensor) => tensor[id],
      cell: (tensor) => (
        <Measure tensor={tensor} value={tensor[id]} digits={digits} finished={finished} />
      ),
    });
    return [
      nameColumn(t('column.name'), ({ name, from }) =>
        from === null || from === name
          ? null
          : {
              title: from,
              text: (
                <>
                  ← <MiddleEllipsis text={from} max={24} mono />
                </>
              ),
            },
      ),
      {
        id: 'state',
        header: t('column.state'),
        width: 120,
        value: (tensor) => t(`state.${stateOf(tensor, finished)}`),
        cell: (tensor) => <StateBadge state={stateOf(tensor, finished)} />,
      },
      measure('relativeL2', 4),
      measure('cosine', 6),
      measure('maxAbs', 4),
      measure('meanAbs', 4),
      {
        id: 'changedShare',
        header: t('column.changedShare'),
        hint: t('hint.changedShare'),
        width: 100,
        align: 'end',
        value: (tensor) => tensor.changedShare,
        cell: (tensor) => (tensor.changedShare === null ? null : formatShare(tensor.changedShare)),
      },
      {
        id: 'shape',
        header: t('column.shape'),
        width: 190,
        grow: 1,
        value: (tensor) => tensor.elements,
        cell: (tensor) => <Shape tensor={tensor} />,
      },
    ];
  }, [t, finished]);
}

function Measure({
  tensor,
  value,
  digits,
  finished,
}: {
  tensor: TensorChange;
  value: number | null;
  digits: number;
  finished: boolean;
}) {
  if (value !== null) return <NumberText value={value} digits={digits} />;
  return stateOf(tensor, finished) === 'pending' ? <span className={css.dim}>…</span> : null;
}

function StateBadge({ state }: { state: TensorState }) {
  const { t } = useTranslation('models');
  const { shape, tone } = shapes[state];
  return (
    <Badge tone={tone} shape={shape}>
      {t(`state.${state}`)}
    </Badge>
  );
}

function Shape({ tensor }: { tensor: TensorChange }) {
  const { left, right } = tensor;
  const before = left === null ? null : shapeText(left);
  const after = right === null ? null : shapeText(right);
  const text =
    before === after || after === null ? before : before === null ? after : `${before} → ${after}`;
  return <MiddleEllipsis text={text ?? ''} max={40} mono />;
}
