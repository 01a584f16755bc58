import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type RunStatus, useCall } from '../client/index.ts';
import { to, useGo } from '../state/index.ts';
import { notify, notifyError } from './messages.tsx';

/** What an action needs to know of a run. */
export interface RunTarget {
  readonly id: string;
  readonly label: string;
  readonly status: RunStatus;
  readonly starred: boolean;
  /** The run before it in its experiment; undefined when that has to be asked for. */
  readonly previousId?: string | null;
}

/** What can be done with a run, the same wherever a run is shown. */
export interface RunActions {
  open(run: RunTarget, tab?: string): void;
  again(run: RunTarget): void;
  stop(run: RunTarget): void;
  /** For a run that no process of ours runs: it is only said to be over. */
  markEnded(run: RunTarget): void;
  star(run: RunTarget): void;
  compare(run: RunTarget): void;
  diff(run: RunTarget): void;
  export(run: RunTarget): void;
}

export function useRunActions(): RunActions {
  const call = useCall();
  const go = useGo();
  const { t } = useTranslation();
  return useMemo(() => {
    const withPrevious = async (run: RunTarget, view: 'compare' | 'diff'): Promise<void> => {
      const previous =
        run.previousId === undefined
          ? (await call('runs.get', { id: run.id })).previousId
          : run.previousId;
      if (previous === null) notify(t('toast.noPrevious'));
      else go(to(view, [previous, run.id]));
    };
    const start = async (run: RunTarget): Promise<void> => {
      const { label } = await call('runs.again', { id: run.id });
      notify(t('toast.started', { label }));
    };
    const stop = async (run: RunTarget): Promise<void> => {
      notify(t('toast.stopping', { label: run.label }));
      await call('runs.stop', { id: run.id });
    };
    const markEnded = async (run: RunTarget): Promise<void> => {
      await call('runs.stop', { id: run.id });
      notify(t('toast.markedEnded', { label: run.label }));
    };
    const reported = (work: Promise<unknown>): void => void work.catch(notifyError);
    return {
      open: (run, tab) => go(to('run', [run.id], { tab })),
      again: (run) => reported(start(run)),
      stop: (run) => reported(stop(run)),
      markEnded: (run) => reported(markEnded(run)),
      star: (run) => reported(call('runs.update', { id: run.id, starred: !run.starred })),
      compare: (run) => reported(withPrevious(run, 'compare')),
      diff: (run) => reported(withPrevious(run, 'diff')),
      export: (run) => go(to('bundles', [], { run: run.id })),
    };
  }, [call, go, t]);
}
