import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { modelPairs } from '../../../client/index.ts';
import { ErrorState, Skeletons, useTask } from '../../../ui/index.ts';
import css from '../models.module.css';
import { NameSearch } from '../NameSearch.tsx';
import { ReportMenu } from '../ReportMenu.tsx';
import { Stopped } from '../Stopped.tsx';
import { TaskPictures } from './TaskPictures.tsx';
import { TaskSummary } from './TaskSummary.tsx';
import { TaskTable } from './TaskTable.tsx';
import { taskNote } from './task-note.ts';
import { type TaskInput, useTaskVectors } from './use-task-vectors.ts';

/** What several models made of one base, tensor by tensor. The files are read, never run. */
export function TaskVectors({ input }: { readonly input: TaskInput }) {
  const { t } = useTranslation('models');
  const { state, stop, again } = useTaskVectors(input);
  const report = useTask('diff.taskVectorReport', () => {});
  const [chosen, setChosen] = useState(0);
  const [text, setText] = useState('');
  const { base, models, tensors, status, error } = state;
  if (base === null) {
    if (error !== null) return <ErrorState error={error} onRetry={again} />;
    if (status === 'stopped') return <Stopped onAgain={again} />;
    return <Skeletons rows={10} />;
  }
  const pairs = modelPairs(models.length).map(([left, right], at) => ({ at, left, right }));
  const pair = pairs[chosen] ?? pairs[0];
  if (pair === undefined) return null;
  const layer = text.startsWith('layer:') ? text.slice(6) : null;
  return (
    <div className={css.diff}>
      <TaskSummary
        state={state}
        base={base}
        onStop={stop}
        tools={
          <ReportMenu
            task={report}
            make={(format) => report.run({ ...input, format })}
            note={() => taskNote(state, t)}
          />
        }
      />
      {status === 'stopped' && <Stopped onAgain={again} />}
      {error !== null && <ErrorState error={error} onRetry={again} />}
      <TaskPictures
        tensors={tensors}
        titles={models.map(({ title }) => title)}
        pair={pair}
        selected={layer}
        onSelect={(name) => setText(name === layer ? '' : `layer:${name}`)}
        tools={
          pairs.length > 1 && (
            <NativeSelect
              aria-label={t('task.pair')}
              value={String(pair.at)}
              onChange={(event) => setChosen(Number(event.currentTarget.value))}
              data={pairs.map(({ at, left, right }) => ({
                value: String(at),
                label: `${left + 1} · ${right + 1}`,
              }))}
            />
          )
        }
      />
      <TaskTable
        tensors={tensors}
        models={models}
        pair={pair}
        finished={status !== 'reading'}
        text={text}
        search={<NameSearch text={text} onText={setText} />}
      />
    </div>
  );
}
