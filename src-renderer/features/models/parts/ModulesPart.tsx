import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TensorChange } from '../../../client/index.ts';
import {
  EmptyState,
  formatNumber,
  formatSize,
  MiddleEllipsis,
  type TreeRow,
  TreeView,
} from '../../../ui/index.ts';
import { NameSearch } from '../NameSearch.tsx';
import { filterTensors, shapeText } from '../tensors.ts';
import { type Module, modulesOf } from './modules.ts';
import css from './parts.module.css';

/** Up to so many tensors, everything is unfolded at first. */
const openLimit = 60;

/** The modules that the names of the tensors speak of, with sizes and counts summed up. */
export function ModulesPart({
  tensors,
  finished,
  single,
}: {
  readonly tensors: readonly TensorChange[];
  readonly finished: boolean;
  /** Whether one file is looked at by itself. */
  readonly single: boolean;
}) {
  const { t } = useTranslation('models');
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [active, setActive] = useState<string | null>(null);
  const [text, setText] = useState('');
  const modules = useMemo(() => {
    const filter = { text, onlyDifferences: false, finished };
    return modulesOf(text === '' ? tensors : filterTensors(tensors, filter), finished);
  }, [tensors, finished, text]);
  const rows = useMemo(() => {
    const all: TreeRow[] = [];
    const visit = (module: Module, level: number): void => {
      const standard = tensors.length <= openLimit || text !== '';
      const open = module.tensor === null ? (folds.get(module.id) ?? standard) : null;
      all.push({
        id: module.id,
        level,
        open,
        content: <ModuleRow module={module} single={single} />,
      });
      if (open) for (const child of module.children) visit(child, level + 1);
    };
    for (const module of modules) visit(module, 1);
    return all;
  }, [modules, folds, single, tensors.length, text]);
  return (
    <section className={css.part} aria-label={t('part.modules')}>
      <div className={css.tools}>
        <NameSearch text={text} onText={setText} />
        <span className={css.columns} aria-hidden>
          <span>{t('column.shape')}</span>
          {!single && <span>{t('module.changed')}</span>}
          <span>{t('module.tensors')}</span>
          <span>{t('module.values')}</span>
          <span>{t('module.size')}</span>
        </span>
      </div>
      <div className={`${css.tree} ${css.whole}`}>
        {rows.length === 0 ? (
          <EmptyState title={t('unmatched')} />
        ) : (
          <TreeView
            label={t('part.modules')}
            rows={rows}
            active={active}
            onActive={setActive}
            onFold={(id, open) => setFolds(new Map(folds).set(id, open))}
          />
        )}
      </div>
    </section>
  );
}

function ModuleRow({ module, single }: { module: Module; single: boolean }) {
  const { t } = useTranslation('models');
  const { tensor, left, right } = module;
  const form = tensor && (tensor.right ?? tensor.left);
  const shown = right === 0 ? left : right;
  return (
    <span className={css.row}>
      <MiddleEllipsis text={module.name} max={60} mono />
      <span className={css.columns}>
        <span className={css.dim}>
          {form && <MiddleEllipsis text={shapeText(form)} max={28} mono />}
        </span>
        {!single && (
          <span data-tone={module.changed > 0 ? 'active' : undefined}>
            {module.changed > 0 && t('module.changedOf', { amount: formatNumber(module.changed) })}
          </span>
        )}
        <span>{tensor === null ? formatNumber(module.tensors) : ''}</span>
        <span
          title={
            left === right || single
              ? undefined
              : t('module.valuesOf', { left: formatNumber(left), right: formatNumber(right) })
          }
        >
          {formatNumber(shown)}
        </span>
        <span>{module.bytes === null ? '–' : formatSize(module.bytes)}</span>
      </span>
    </span>
  );
}
