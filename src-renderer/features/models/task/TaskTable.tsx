import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { layerName } from '../../../client/index.ts';
import { localized } from '../../../i18n/index.ts';
import {
  AppTable,
  EmptyState,
  type GrowingColumn,
  MiddleEllipsis,
  NumberText,
  useFilledColumns,
} from '../../../ui/index.ts';
import css from '../models.module.css';
import { nameColumn } from '../name-column.tsx';
import { formatShare } from '../share.ts';
import { shapeText } from '../tensors.ts';
import type { ModelSide } from '../use-model-diff.ts';
import { TaskDetail } from './TaskDetail.tsx';
import type { TaskTensor } from './use-task-vectors.ts';

interface Pair {
  readonly at: number;
  readonly left: number;
  readonly right: number;
}

/** Every tensor of the base with what the models made of it. */
export function TaskTable({
  tensors,
  models,
  pair,
  finished,
  text,
  search,
}: {
  readonly tensors: readonly TaskTensor[];
  readonly models: readonly ModelSide[];
  readonly pair: Pair;
  /** Whether all that will be measured has been. */
  readonly finished: boolean;
  readonly text: string;
  readonly search: ReactNode;
}) {
  const { t } = useTranslation('models');
  const { t: common } = useTranslation();
  const [active, setActive] = useState<string | null>(null);
  const rows = useMemo(() => filterTasks(tensors, text), [tensors, text]);
  const columns = useFilledColumns(useColumns(models.length, pair, finished));
  const current = rows.find((tensor) => tensor.name === active);
  return (
    <section className={css.table} aria-label={t('table')}>
      <div className={css.tableTools}>
        <span className={css.dim}>
          {common('showing', { shown: rows.length, total: tensors.length })}
        </span>
        {search}
      </div>
      <div ref={columns.ref} className={css.tableBox}>
        <AppTable
          label={t('table')}
          rows={rows}
          columns={columns.columns}
          rowKey={(tensor) => tensor.name}
          activeKey={active}
          onActive={setActive}
          empty={<EmptyState title={t('unmatched')} />}
        />
      </div>
      {current !== undefined && <TaskDetail tensor={current} models={models} />}
    </section>
  );
}

/** By words that are all in a name, in any order and case; `layer:a.b` for one layer. */
export function filterTasks(tensors: readonly TaskTensor[], text: string): readonly TaskTensor[] {
  const layer = text.startsWith('layer:') ? text.slice(6).trim() : null;
  if (layer !== null) return tensors.filter(({ name }) => layerName(name) === layer);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return tensors.filter(({ name, names }) => {
    const all = [name, ...names].join(' ').toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

function useColumns(count: number, pair: Pair, finished: boolean): GrowingColumn<TaskTensor>[] {
  const { t } = useTranslation('models');
  const { at, left, right } = pair;
  return useMemo(() => {
    const number = (
      id: string,
      header: string,
      hint: string,
      value: (tensor: TaskTensor) => number | null,
    ): GrowingColumn<TaskTensor> => ({
      ...{ id, header, hint, value },
      width: 104,
      align: 'end',
      cell: (tensor) => {
        const found = value(tensor);
        if (found !== null) return <NumberText value={found} digits={4} />;
        return isPending(tensor, finished) ? <span className={css.dim}>…</span> : null;
      },
    });
    const share = (
      id: string,
      header: string,
      hint: string,
      value: (tensor: TaskTensor) => number | null,
    ): GrowingColumn<TaskTensor> => ({
      ...number(id, header, hint, value),
      cell: (tensor) => {
        const found = value(tensor);
        return found === null ? null : formatShare(found);
      },
    });
    const between = count === 2 ? '' : ` ${left + 1}·${right + 1}`;
    const wide = { width: count === 2 ? 104 : 124 };
    return [
      nameColumn(t('column.name'), ({ note }) => {
        const text = note === null ? null : localized(note);
        return text === null ? null : { title: text, text };
      }),
      ...Array.from({ length: count }, (_, model) =>
        number(
          `relative${model}`,
          t('task.relativeOf', { at: model + 1 }),
          t('task.hint.relative'),
          (tensor) => tensor.models[model]?.relative ?? null,
        ),
      ),
      number(
        'cosine',
        t('column.cosine') + between,
        t('task.hint.cosine'),
        (tensor) => tensor.pairs[at]?.cosine ?? null,
      ),
      share(
        'conflict',
        t('task.conflict') + between,
        t('task.hint.conflict'),
        (tensor) => tensor.pairs[at]?.conflictShare ?? null,
      ),
      {
        ...share(
          'both',
          t('task.both') + between,
          t('task.hint.both'),
          (tensor) => tensor.pairs[at]?.bothShare ?? null,
        ),
        ...wide,
      },
      number('sum', t('task.sumShort'), t('task.hint.sum'), (tensor) => tensor.sum),
      {
        id: 'shape',
        header: t('column.shape'),
        width: 150,
        grow: 1,
        value: (tensor) => tensor.elements,
        cell: (tensor) => <MiddleEllipsis text={shapeText(tensor)} max={30} mono />,
      },
    ];
  }, [t, count, at, left, right, finished]);
}

function isPending(tensor: TaskTensor, finished: boolean): boolean {
  return !finished && tensor.sum === null && tensor.note === null;
}
