import type { KeyboardEvent } from 'react';
import { type Route, showDialog, to } from '../../state/index.ts';
import type { RunTarget, useRunActions } from '../../ui/index.ts';

/** The keys of a row of the runs table. Several ticked runs are compared with each other. */
export function onRunKey(
  event: KeyboardEvent,
  run: RunTarget,
  selected: readonly string[],
  actions: ReturnType<typeof useRunActions>,
  go: (route: Route) => void,
  trash: (ids: readonly string[]) => void,
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const pair = selected.length >= 2 ? selected.slice(0, 2) : null;
  switch (event.key) {
    case 'c':
      if (selected.length < 2) actions.compare(run);
      // More runs than two stand in columns.
      else go(to('compare', selected.slice(0, 24)));
      return true;
    case 'd':
      if (pair === null) actions.diff(run);
      else go(to('diff', pair));
      return true;
    case 'r':
      actions.again(run);
      return true;
    case 'n':
      go(to('run', [run.id], { note: 'edit' }));
      return true;
    case 's':
      actions.star(run);
      return true;
    case 'e':
      actions.export(run);
      return true;
    case 'Delete':
      trash(selected.length > 0 ? selected : [run.id]);
      return true;
    case 'R':
      showDialog({ kind: 'new-run' });
      return true;
    default:
      return false;
  }
}
