import { SegmentedControl, Switch } from '@mantine/core';
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Bar, BarChart, Heat } from '../../../charts/index.ts';
import { partNames } from '../../../client/index.ts';
import css from '../models.module.css';
import { useModelOnly } from '../OptimizerSwitch.tsx';
import { taskLayers } from './task-layers.ts';
import type { TaskTensor } from './use-task-vectors.ts';

type Kind = 'cosine' | 'conflict' | 'moved';

/** What the values can be at most, so that hardly anything does not look like much. */
const ranges = { cosine: [-1, 1], conflict: [0, 1] } as const;

const nameOf = (tensor: TaskTensor): string => tensor.name;

/** Layer by layer: whether two models went the same way, and how far each went. */
export function TaskPictures({
  tensors,
  titles,
  pair,
  selected,
  onSelect,
  tools,
}: {
  readonly tensors: readonly TaskTensor[];
  readonly titles: readonly string[];
  readonly pair: { readonly at: number; readonly left: number; readonly right: number };
  readonly selected: string | null;
  readonly onSelect: (layer: string) => void;
  readonly tools: ReactNode;
}) {
  const { t } = useTranslation('models');
  // The table shows every batch; the pictures may come after.
  const { drawn, optimizerSwitch } = useModelOnly(useDeferredValue(tensors), nameOf);
  const [kind, setKind] = useState<Kind>('cosine');
  const [log, setLog] = useState(false);
  const { at, left, right } = pair;
  const layers = useMemo(() => taskLayers(drawn, { at, left, right }), [drawn, at, left, right]);
  const bars = useMemo(
    () =>
      layers.map(
        (layer): Bar => ({
          id: layer.name,
          label: layer.name,
          value: kind === 'cosine' ? layer.cosine : layer.conflictShare,
          detail: t('tensors', { count: layer.tensors }),
          // Against each other is what one looks for.
          tone: kind === 'cosine' && (layer.cosine ?? 0) < 0 ? 'removed' : 'neutral',
        }),
      ),
    [layers, kind, t],
  );
  // A row each needs more room than a bar each.
  const parts = useMemo(
    () => taskLayers(drawn, { at, left, right }, partNames(drawn.map(({ name }) => name))),
    [drawn, at, left, right],
  );
  const values = useMemo(() => parts.map(({ relative }) => relative), [parts]);
  const rows = useMemo(() => parts.map(({ name }) => name), [parts]);
  const columns = useMemo(() => titles.map((title, model) => `${model + 1} ${title}`), [titles]);
  const between = `${left + 1} · ${right + 1}`;
  const switches = (
    <>
      <SegmentedControl
        aria-label={t('pictureKind')}
        value={kind}
        onChange={(value) => setKind(value as Kind)}
        data={(['cosine', 'conflict', 'moved'] as const).map((value) => ({
          value,
          label: t(`task.picture.${value}`),
        }))}
      />
      {kind === 'moved' ? (
        <Switch
          label={t('logScale')}
          checked={log}
          onChange={(event) => setLog(event.currentTarget.checked)}
        />
      ) : (
        tools
      )}
      {optimizerSwitch}
    </>
  );
  return (
    <section className={css.pictures} aria-label={t('task.pictures')}>
      {kind === 'moved' ? (
        <Heat
          title={t('task.movedTitle')}
          rows={rows}
          columns={columns}
          values={values}
          valueTitle={t('task.relative')}
          log={log}
          tools={switches}
        />
      ) : (
        <BarChart
          title={t(`task.${kind}Title`, { pair: between })}
          bars={bars}
          valueTitle={t(kind === 'cosine' ? 'column.cosine' : 'task.conflict')}
          height={200}
          range={ranges[kind]}
          selected={selected}
          onSelect={onSelect}
          tools={switches}
        />
      )}
    </section>
  );
}
