import type { ReactNode } from 'react';
import type { ChangeKind, ExecutionState, RunStatus } from '../client/index.ts';
import { useWords } from '../i18n/index.ts';
import css from './badges.module.css';
import { labelStyle, type RunStyle } from './run-style.ts';

const statusTone: Record<RunStatus, string> = {
  SCHEDULED: 'dim',
  RUNNING: 'active',
  FINISHED: 'good',
  FAILED: 'bad',
  KILLED: 'warn',
};
const statusShape: Record<RunStatus, string> = {
  SCHEDULED: '◌',
  RUNNING: '◐',
  FINISHED: '✓',
  FAILED: '✕',
  KILLED: '■',
};

/** The status of a run: a shape and a word, so that colour is never alone. */
export function StatusBadge({ status, compact }: { status: RunStatus; compact?: boolean }) {
  const t = useWords('common');
  const word = t(`runStatus.${status}`);
  return (
    <Badge tone={statusTone[status]} shape={statusShape[status]} title={compact ? word : undefined}>
      {compact ? <span className={css.hidden}>{word}</span> : word}
    </Badge>
  );
}

const stageShape: Record<ExecutionState, string> = {
  waiting: '◌',
  running: '◐',
  cached: '✓',
  done: '✓',
  failed: '✕',
  killed: '■',
  skipped: '↷',
};
const stageTone: Record<ExecutionState, string> = {
  waiting: 'dim',
  running: 'active',
  cached: 'dim',
  done: 'good',
  failed: 'bad',
  killed: 'warn',
  skipped: 'dim',
};

/** The state of a stage within a run. */
export function StageBadge({ state, children }: { state: ExecutionState; children?: ReactNode }) {
  const t = useWords('common');
  return (
    <Badge tone={stageTone[state]} shape={stageShape[state]}>
      {children ?? t(`stageState.${state}`)}
    </Badge>
  );
}

const changeShape: Readonly<Record<ChangeKind, string>> = {
  added: '+',
  removed: '−',
  modified: '~',
  renamed: '→',
  same: '=',
};
const changeTone: Readonly<Record<ChangeKind, string>> = {
  added: 'good',
  removed: 'bad',
  modified: 'active',
  renamed: 'active',
  same: 'dim',
};

/** A kind of change by shape, word and colour; the word is only spoken when there is no room. */
export function ChangeMark({ change, compact }: { change: ChangeKind; compact?: boolean }) {
  const t = useWords('common');
  const word = t(`change.${change}`);
  return (
    <Badge tone={changeTone[change]} shape={changeShape[change]} title={compact ? word : undefined}>
      {compact ? <span className={css.hidden}>{word}</span> : word}
    </Badge>
  );
}

/** A shape and a word in a tone: `good`, `bad`, `warn`, `active`, `dim`. */
export function Badge({
  tone,
  shape,
  title,
  children,
}: {
  tone: string;
  shape: string;
  title?: string | undefined;
  children?: ReactNode;
}) {
  return (
    <span className={css.badge} data-tone={tone} title={title}>
      <span aria-hidden className={css.shape}>
        {shape}
      </span>
      {children}
    </span>
  );
}

const markerPaths: Record<RunStyle['marker'], string> = {
  circle: 'M5 1.2a3.8 3.8 0 1 0 0 7.6a3.8 3.8 0 1 0 0-7.6z',
  square: 'M1.6 1.6h6.8v6.8H1.6z',
  triangle: 'M5 1L9.2 8.8H.8z',
  diamond: 'M5 .6L9.4 5L5 9.4L.6 5z',
  cross: 'M3.4 1h3.2v2.4H9v3.2H6.6V9H3.4V6.6H1V3.4h2.4z',
};

/** The mark of a run: its colour and, beyond eight, its shape. Decorative: the label says it too. */
export function RunMark({ label, size = 10 }: { label: string; size?: number }) {
  const style = labelStyle(label);
  return (
    <svg width={size} height={size} viewBox="0 0 10 10" aria-hidden className={css.mark}>
      <path d={markerPaths[style.marker]} fill={style.color} />
    </svg>
  );
}

/** A run's mark, number and name, as it is called everywhere. */
export function RunLabel({
  label,
  name,
  mark = true,
}: {
  label: string;
  name?: string;
  /** False where the mark stands by itself nearby. */
  mark?: boolean;
}) {
  return (
    <span className={css.runLabel}>
      {mark && <RunMark label={label} />}
      <span className={css.number}>{label}</span>
      {name !== undefined && name !== '' && (
        <span className={css.runName} title={name}>
          {name}
        </span>
      )}
    </span>
  );
}

/** Something small that was changed or counted: `lr 0.01 → 0.003`. */
export function Chip({ children, title }: { children: ReactNode; title?: string | undefined }) {
  return (
    <span className={css.chip} title={title}>
      {children}
    </span>
  );
}
