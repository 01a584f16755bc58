import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { localized } from '../../i18n/index.ts';
import { to, useGo, useRoute } from '../../state/index.ts';
import {
  formatDuration,
  formatNumber,
  formatSize,
  MiddleEllipsis,
  NumberText,
  ProgressBar,
} from '../../ui/index.ts';
import { FileBadge, Findings } from './FileBadge.tsx';
import css from './models.module.css';
import { stateOf } from './tensors.ts';
import type { ModelDiffState, ModelSide } from './use-model-diff.ts';

/** A file that is looked at by itself. */
export function FileStrip({ file }: { readonly file: ModelSide }) {
  const { t } = useTranslation('models');
  return (
    <div className={css.strip}>
      <div className={css.files}>
        <File side={file} label={t('file')} />
        <span className={css.badge} title={t('nothingRunHint')}>
          <IconShieldCheck size={16} aria-hidden />
          {t('nothingRun')}
        </span>
      </div>
      <Findings sides={[file]} />
      <Notes left={file} right={file} />
    </div>
  );
}

/** Both files and the change as a whole, in one row; while reading, how far it is. */
export function SummaryStrip({
  state,
  left,
  right,
  onStop,
  tools,
}: {
  readonly state: ModelDiffState;
  readonly left: ModelSide;
  readonly right: ModelSide;
  readonly onStop: () => void;
  /** Stands at the end of the numbers. */
  readonly tools: ReactNode;
}) {
  const { t } = useTranslation('models');
  const finished = state.status === 'finished';
  const counts = {
    changed: 0,
    equal: 0,
    added: 0,
    removed: 0,
    reshaped: 0,
    pending: 0,
    unmeasured: 0,
  };
  for (const tensor of state.tensors) counts[stateOf(tensor, state.status !== 'reading')] += 1;
  const { result } = state;
  return (
    <div className={css.strip}>
      <div className={css.files}>
        <File side={left} label={t('from')} />
        <File side={right} label={t('to')} />
        <span className={css.badge} title={t('nothingRunHint')}>
          <IconShieldCheck size={16} aria-hidden />
          {t('nothingRun')}
        </span>
      </div>
      <Findings sides={[left, right]} />
      <div className={css.numbersRow}>
        <dl className={css.numbers}>
          <Figure name={t('overall')} title={t('hint.relativeL2')}>
            {result?.identical ? t('identical') : <NumberText value={result?.relativeL2 ?? null} />}
          </Figure>
          <Figure name={t('changed')}>
            {t('ofTotal', { count: counts.changed, total: state.tensors.length })}
          </Figure>
          <Figure name={t('equal')}>{counts.equal}</Figure>
          {counts.added > 0 && <Figure name={t('added')}>{counts.added}</Figure>}
          {counts.removed > 0 && <Figure name={t('removed')}>{counts.removed}</Figure>}
          {counts.reshaped > 0 && <Figure name={t('reshaped')}>{counts.reshaped}</Figure>}
          {counts.unmeasured > 0 && <Figure name={t('unmeasured')}>{counts.unmeasured}</Figure>}
          {finished && result !== null && (
            <Figure name={t('read')}>
              {formatSize(result.bytesRead)}, {formatDuration(result.durationMs)}
            </Figure>
          )}
        </dl>
        {finished && <div className={css.reportTools}>{tools}</div>}
        {state.status === 'reading' && (
          <div className={css.progress}>
            <ProgressBar label={t('measuring')} report={state.progress} onCancel={onStop} />
          </div>
        )}
      </div>
      {finished && result?.fewComparable && <FewComparable trees={left.booster && right.booster} />}
      <Notes left={left} right={right} />
    </div>
  );
}

/** Why there is no change as a whole, with the way to what can be compared. */
function FewComparable({ trees }: { readonly trees: unknown }) {
  const { t } = useTranslation('models');
  const route = useRoute();
  const go = useGo();
  return (
    <p className={css.fewComparable}>
      {t('fewComparable')}
      {trees !== undefined && (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => go(to(route.view, route.parts, { ...route.query, part: 'trees' }), true)}
        >
          {t('seeTrees')}
        </Button>
      )}
    </p>
  );
}

function File({ side, label }: { side: ModelSide; label: string }) {
  const { t } = useTranslation('models');
  return (
    <div className={css.file}>
      <span className={css.dim}>{label}</span>
      <MiddleEllipsis text={side.title} max={56} />
      <span className={css.dim}>
        {side.format} · {formatSize(side.sizeBytes)} · {t('tensors', { count: side.tensors })} ·{' '}
        {t('parameters', { amount: formatNumber(side.parameters) })}
      </span>
      <FileBadge badge={side.badge} />
    </div>
  );
}

function Figure({ name, title, children }: { name: string; title?: string; children: ReactNode }) {
  return (
    <div className={css.figure} title={title}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Metadata that differs, and what the readers left out. */
function Notes({ left, right }: { left: ModelSide; right: ModelSide }) {
  const { t } = useTranslation('models');
  const keys = [...new Set([...Object.keys(left.metadata), ...Object.keys(right.metadata)])];
  const differing = keys.filter((key) => left.metadata[key] !== right.metadata[key]);
  const notes = [...new Set([...left.notes, ...right.notes])];
  if (differing.length === 0 && notes.length === 0) return null;
  return (
    <details className={css.notes}>
      <summary>{t('notes', { count: differing.length + notes.length })}</summary>
      <ul>
        {notes.map((note) => (
          <li key={note}>{localized(note)}</li>
        ))}
        {differing.map((key) => (
          <li key={key}>
            <code>{key}</code>: {left.metadata[key] ?? '–'} → {right.metadata[key] ?? '–'}
          </li>
        ))}
      </ul>
    </details>
  );
}
