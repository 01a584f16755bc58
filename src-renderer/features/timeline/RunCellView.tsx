import { type RunCell, useCall } from '../../client/index.ts';
import { useWords } from '../../i18n/index.ts';
import { to, useGo } from '../../state/index.ts';
import {
  EditableNote,
  formatDuration,
  LiveDuration,
  RunLabel,
  RunMark,
  StageBadge,
  StatusBadge,
} from '../../ui/index.ts';
import { CellFrame } from './CellFrame.tsx';
import type { CellProps } from './CellView.tsx';
import { MetricLine, ParamLine } from './changes.tsx';
import { Figures } from './Figures.tsx';
import { Outputs } from './Outputs.tsx';
import { RunButtons } from './RunButtons.tsx';
import css from './timeline.module.css';

/** A run: when, which, what changed, did it help, what ran, what the researcher thought. */
export function RunCellView({ cell, editing, onEditing }: CellProps & { cell: RunCell }) {
  const t = useWords('timeline');
  const common = useWords('common');
  const { run, previous } = cell;
  const call = useCall();
  const go = useGo();
  const hasParams =
    cell.params.length > 0 || (previous !== null && Object.keys(run.params).length > 0);
  return (
    <CellFrame
      at={cell.at}
      mark={<RunMark label={run.label} size={12} />}
      head={
        <>
          <button
            type="button"
            className={css.open}
            tabIndex={-1}
            onClick={() => go(to('run', [run.id]))}
          >
            <RunLabel label={run.label} name={run.name} mark={false} />
          </button>
          {run.starred && (
            <span className={css.star} role="img" aria-label={common('actions.star')}>
              ★
            </span>
          )}
        </>
      }
      actions={() => <RunButtons cell={cell} onNote={() => onEditing(true)} />}
      aside={
        <>
          <StatusBadge status={run.status} />
          <span className={css.duration}>
            <LiveDuration from={run.startedAt} to={run.endedAt} />
          </span>
        </>
      }
    >
      {(hasParams || (previous !== null && cell.metrics.length > 0)) && (
        <div className={css.line}>
          {hasParams && <ParamLine changes={cell.params} />}
          {previous !== null && (
            <span className={css.against}>{t('against', { label: previous.label })}</span>
          )}
        </div>
      )}
      {cell.metrics.length > 0 && <MetricLine metrics={cell.metrics} label={run.label} />}
      {cell.stages.length > 1 && (
        <div className={css.line}>
          {cell.stages.map((stage) => (
            <span
              key={stage.stage}
              title={t('stageTook', {
                stage: stage.stage,
                state: common(`stageState.${stage.state}`),
                time: stage.durationMs === null ? '–' : formatDuration(stage.durationMs),
              })}
            >
              <StageBadge state={stage.state}>
                {stage.stage}
                {stage.state === 'done' && stage.durationMs !== null && (
                  <span className={css.dim}> {formatDuration(stage.durationMs)}</span>
                )}
                {stage.state !== 'done' && (
                  <span className={css.dim}> {common(`stageState.${stage.state}`)}</span>
                )}
              </StageBadge>
            </span>
          ))}
        </div>
      )}
      {cell.stages.length <= 1 && <div className={css.command}>{run.command}</div>}
      <EditableNote
        id={run.id}
        text={run.note}
        editing={editing}
        onEditing={onEditing}
        label={t('noteOf', { label: run.label })}
        placeholder={t('notePlaceholder')}
        onSave={async (note, session) =>
          void (await call('runs.update', { id: run.id, note, session }))
        }
      />
      <Figures cell={cell} />
      <Outputs cell={cell} />
    </CellFrame>
  );
}
