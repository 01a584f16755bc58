import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ExperimentRow, topics, useCall, useOperation } from '../../client/index.ts';
import { filterRuns, useFilters } from '../../state/index.ts';
import { notifyError, notifyUndo } from '../../ui/index.ts';
import { ExperimentDialog } from './ExperimentDialog.tsx';
import { moveBefore } from './order.ts';
import css from './runs.module.css';
import { useMoveRuns } from './use-move-runs.ts';

const runsType = 'application/x-cairn-runs';
const experimentType = 'application/x-cairn-experiment';
const none: readonly ExperimentRow[] = [];

/** The experiments with their numbers: choose one, rename, merge, drag into another order, drop runs on one. */
export function ExperimentList() {
  const { t } = useTranslation('runs');
  const call = useCall();
  const chosen = useFilters((state) => state.runs.experimentId);
  const query = useOperation('experiments.list', {}, { topics: [topics.runs] });
  const experiments = query.data?.experiments ?? none;
  const moveRuns = useMoveRuns();
  const [creating, setCreating] = useState(false);
  const [renaming, setRenaming] = useState<ExperimentRow | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const ids = experiments.map((experiment) => experiment.id);

  const undoable = async (work: Promise<unknown>, message: string): Promise<void> => {
    try {
      await work;
      notifyUndo(message, () => {
        call('experiments.undo', {}).catch(notifyError);
      });
    } catch (error) {
      notifyError(error);
    }
  };
  const reorder = (next: readonly string[]): void => {
    if (next.join() === ids.join()) return;
    void undoable(call('experiments.reorder', { ids: [...next] }), t('experiments.reordered'));
  };
  const shift = (id: string, way: -1 | 1): void => {
    const target = ids.indexOf(id) + way;
    if (target < 0 || target >= ids.length) return;
    reorder(moveBefore(ids, id, (way < 0 ? ids[target] : ids[target + 1]) ?? null));
  };
  const merge = (from: ExperimentRow, into: ExperimentRow): void =>
    void undoable(
      call('experiments.merge', { from: from.id, into: into.id }).then(() => {
        if (chosen === from.id) filterRuns({ experimentId: into.id });
      }),
      t('experiments.merged', { from: from.name, into: into.name }),
    );
  const drop = (event: DragEvent, experiment: ExperimentRow): void => {
    event.preventDefault();
    setOver(null);
    const runs = event.dataTransfer.getData(runsType);
    const moved = event.dataTransfer.getData(experimentType);
    if (runs !== '') void moveRuns(runs.split(' '), experiment);
    else if (moved !== '') reorder(moveBefore(ids, moved, experiment.id));
  };
  const onKeyDown = (event: KeyboardEvent, id: string): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    shift(id, event.key === 'ArrowUp' ? -1 : 1);
  };

  return (
    <nav className={css.experiments} aria-label={t('experiments.title')}>
      <div className={css.experimentsHead}>
        <h2>{t('experiments.title')}</h2>
        <ActionIcon
          size={24}
          aria-label={t('newExperiment')}
          title={t('newExperiment')}
          onClick={() => setCreating(true)}
        >
          <IconPlus size={15} />
        </ActionIcon>
      </div>
      <button
        type="button"
        className={css.experiment}
        aria-current={chosen === null ? 'true' : undefined}
        onClick={() => filterRuns({ experimentId: null })}
      >
        <span className={css.experimentName}>{t('experiments.all')}</span>
      </button>
      <ul>
        {experiments.map((experiment, index) => (
          <li
            key={experiment.id}
            className={css.experimentItem}
            data-over={over === experiment.id || undefined}
            draggable
            onDragStart={(event) => event.dataTransfer.setData(experimentType, experiment.id)}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(experiment.id);
            }}
            onDragLeave={() => setOver(null)}
            onDrop={(event) => drop(event, experiment)}
          >
            <button
              type="button"
              className={css.experiment}
              title={experiment.name}
              aria-current={chosen === experiment.id ? 'true' : undefined}
              onClick={() => filterRuns({ experimentId: experiment.id })}
              onKeyDown={(event) => onKeyDown(event, experiment.id)}
            >
              <span className={css.experimentNumber}>{experiment.label}</span>
              <span className={css.experimentName}>{experiment.name}</span>
              <span className={css.experimentCount}>
                {experiment.running > 0 && (
                  <span title={t('experiments.running', { count: experiment.running })}>◐ </span>
                )}
                {experiment.runs}
              </span>
            </button>
            <Menu position="right-start">
              <Menu.Target>
                <ActionIcon
                  size={22}
                  className={css.experimentMenu}
                  aria-label={t('experiments.menu', { name: experiment.name })}
                >
                  <IconDots size={14} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => setRenaming(experiment)}>
                  {t('experiments.rename')}
                </Menu.Item>
                <Menu.Item disabled={index === 0} onClick={() => shift(experiment.id, -1)}>
                  {t('experiments.moveUp')}
                </Menu.Item>
                <Menu.Item
                  disabled={index === experiments.length - 1}
                  onClick={() => shift(experiment.id, 1)}
                >
                  {t('experiments.moveDown')}
                </Menu.Item>
                {experiments.length > 1 && (
                  <>
                    <Menu.Divider />
                    <Menu.Label>{t('experiments.mergeInto')}</Menu.Label>
                    {experiments
                      .filter((other) => other.id !== experiment.id)
                      .map((other) => (
                        <Menu.Item key={other.id} onClick={() => merge(experiment, other)}>
                          {other.label} {other.name}
                        </Menu.Item>
                      ))}
                  </>
                )}
              </Menu.Dropdown>
            </Menu>
          </li>
        ))}
      </ul>
      {query.data !== undefined && experiments.length === 0 && (
        <p className={css.dim}>{t('experiments.none')}</p>
      )}
      {creating && (
        <ExperimentDialog
          onClose={() => setCreating(false)}
          onCreated={({ id }) => filterRuns({ experimentId: id })}
        />
      )}
      {renaming !== null && (
        <ExperimentDialog experiment={renaming} onClose={() => setRenaming(null)} />
      )}
    </nav>
  );
}
