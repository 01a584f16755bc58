/** The timeline. */
import { CairnError } from '../../base/errors.ts';
import type { Output, ParsedInput } from '../../contract/index.ts';
import type { Handlers } from '../../rpc/index.ts';
import { type CellKey, countCells, readCellKeys, readOutline } from '../../store/cells.ts';
import type { ApiContext } from '../context.ts';
import type { Session } from '../session.ts';
import { cellsOf } from './cells.ts';
import { readFigure } from './figures.ts';

type TimelineOperation = Extract<keyof Handlers, `timeline.${string}`>;

export function timelineHandlers(context: ApiContext): Pick<Handlers, TimelineOperation> {
  return {
    'timeline.list': async (input) => listCells(context.session(), input),
    'timeline.outline': async (input) => outline(context.session(), input),
    'timeline.cells': async ({ keys }) => ({ cells: cellsOf(context.session(), keys) }),
    'timeline.export': async (input) => {
      const { exportTimeline } = await import('./export.ts');
      return exportTimeline(context.session(), filterOf(input), input);
    },
    'timeline.figure': ({ runId, path }) => readFigure(context.session(), runId, path),
  };
}

function listCells(session: Session, input: ParsedInput<'timeline.list'>) {
  const filter = filterOf(input);
  const after = input.cursor === null ? null : decodeCursor(input.cursor);
  const keys = readCellKeys(session.store, { ...filter, after, limit: input.limit });
  const last = keys.at(-1);
  return {
    cells: cellsOf(
      session,
      keys.map((key) => `${key.kind}:${key.id}`),
    ),
    next: last !== undefined && keys.length === input.limit ? encodeCursor(last) : null,
    total: countCells(session.store, filter),
  };
}

function outline(
  session: Session,
  input: ParsedInput<'timeline.outline'>,
): Output<'timeline.outline'> {
  const cells = readOutline(session.store, filterOf(input));
  const experiments = session.experiments.list();
  const places = new Map(experiments.map((experiment, place) => [experiment.id, place]));
  const { length } = cells;
  const keys: string[] = [];
  const [at, experiment] = [new Float64Array(length), new Float64Array(length)];
  const quiet = new Uint8Array(length);
  for (const [index, cell] of cells.entries()) {
    keys.push(`${cell.kind}:${cell.id}`);
    at[index] = cell.at;
    experiment[index] = cell.experiment === null ? -1 : (places.get(cell.experiment) ?? -1);
    quiet[index] = cell.quiet;
  }
  return {
    keys: keys.join('\n'),
    at,
    experiment,
    quiet,
    experiments: experiments.map(({ id, label, name }) => ({ id, label, name })),
  };
}

function filterOf(
  input: Pick<ParsedInput<'timeline.list'>, 'order' | 'kinds' | 'experimentId' | 'text'>,
) {
  const { order, kinds, experimentId, text } = input;
  return { newestFirst: order === 'newest', kinds, experimentId, text: text.trim() };
}

function encodeCursor(key: CellKey): string {
  return JSON.stringify([key.at, key.kind, key.id]);
}

function decodeCursor(cursor: string): CellKey {
  try {
    const [at, kind, id] = JSON.parse(cursor) as [number, CellKey['kind'], string];
    if (typeof at === 'number' && typeof kind === 'string' && typeof id === 'string') {
      return { at, kind, id };
    }
  } catch {
    // Falls through to the sentence below.
  }
  throw new CairnError('invalid', 'This is not a place in the timeline; start from its top again.');
}
