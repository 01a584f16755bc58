import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../client/index.ts';
import { ErrorState, Skeletons, useTask } from '../../ui/index.ts';
import { ChangePictures } from './ChangePictures.tsx';
import css from './models.module.css';
import { NameSearch } from './NameSearch.tsx';
import { comparisonNote, partsForNote } from './note.ts';
import { PartTabs } from './parts/PartTabs.tsx';
import { ReportMenu } from './ReportMenu.tsx';
import { Stopped } from './Stopped.tsx';
import { FileStrip, SummaryStrip } from './SummaryStrip.tsx';
import { TensorTable } from './TensorTable.tsx';
import { type ModelSource, useModelDiff } from './use-model-diff.ts';

export interface ModelDiffProps {
  readonly left: ModelSource;
  readonly right: ModelSource;
}

/** Two model files, tensor by tensor. The files are read, never run. */
export function ModelDiff({ left, right }: ModelDiffProps) {
  const { t } = useTranslation('models');
  const { state, stop, again } = useModelDiff(left, right);
  const report = useTask('diff.modelReport', () => {});
  const call = useCall();
  const [text, setText] = useState('');
  const layer = useMemo(() => (text.startsWith('layer:') ? text.slice(6) : null), [text]);
  if (state.left === null || state.right === null) {
    if (state.error !== null) return <ErrorState error={state.error} onRetry={again} />;
    if (state.status === 'stopped') return <Stopped onAgain={again} />;
    return <Skeletons rows={10} />;
  }
  const sides = [state.left, state.right];
  const parts = () => partsForNote(call, { left, right }, sides);
  return (
    <div className={css.diff}>
      <SummaryStrip
        state={state}
        left={state.left}
        right={state.right}
        onStop={stop}
        tools={
          <ReportMenu
            task={report}
            make={(format) => report.run({ left, right, format })}
            note={async () => comparisonNote(state, t, await parts())}
          />
        }
      />
      {state.status === 'stopped' && <Stopped onAgain={again} />}
      {state.error !== null && <ErrorState error={state.error} onRetry={again} />}
      <PartTabs
        left={left}
        right={right}
        sides={sides}
        tensors={state.tensors}
        finished={state.status !== 'reading'}
      >
        <ChangePictures
          tensors={state.tensors}
          selected={layer}
          onSelect={(name) => setText(name === layer ? '' : `layer:${name}`)}
        />
        <TensorTable
          left={left}
          right={right}
          tensors={state.tensors}
          finished={state.status !== 'reading'}
          text={text}
          search={<NameSearch text={text} onText={setText} />}
        />
      </PartTabs>
    </div>
  );
}

/** One model file: its modules, graph or layers, trees and code. */
export function ModelLook({ file }: { readonly file: ModelSource }) {
  // Against itself, of which no value has to be read.
  const { state, again } = useModelDiff(file, file);
  if (state.left === null) {
    if (state.error !== null) return <ErrorState error={state.error} onRetry={again} />;
    return <Skeletons rows={10} />;
  }
  return (
    <div className={css.diff}>
      <FileStrip file={state.left} />
      <PartTabs left={file} right={null} sides={[state.left]} tensors={state.tensors} finished>
        {null}
      </PartTabs>
    </div>
  );
}
