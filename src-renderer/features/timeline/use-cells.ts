import { useMemo, useRef, useState } from 'react';
import {
  type ClientError,
  type Output,
  type PagedList,
  type TimelineCell,
  topics,
  usePages,
} from '../../client/index.ts';
import { type CellKind, useFilters, usePreferences } from '../../state/index.ts';

const pageSize = 200;
const watched = [topics.runs, topics.notes, topics.git, topics.bundles];
type Page = Output<'timeline.list'>;

export interface Cells {
  readonly cells: readonly TimelineCell[];
  readonly total: number;
  /** No answer yet. */
  readonly loading: boolean;
  readonly error: ClientError | null;
  readonly hasMore: boolean;
  loadMore(): void;
  reload(): void;
}

/** The cells of the notebook that the filters let through, page by page, kept up to date. */
export function useCells(): Cells {
  const { text, kinds, experimentId } = useFilters((state) => state.timeline);
  const order = usePreferences((state) => state.timelineOrder);
  const list = useMemo(
    (): PagedList<'timeline.list'> => ({
      name: 'timeline.list',
      input: (cursor) => ({
        text,
        kinds: kinds === null ? null : ([...kinds] as CellKind[]),
        experimentId,
        order,
        cursor,
        limit: pageSize,
      }),
      next: (page) => page.next,
      topics: watched,
    }),
    [text, kinds, experimentId, order],
  );
  const [wanted, setWanted] = useState<{ list: unknown; pages: number }>({ list, pages: 1 });
  const pages = wanted.list === list ? wanted.pages : 1;
  const answers = usePages(list, pages);

  // A page whose cursor has shifted is asked for anew; until it is there, its old cells stay.
  const shown = useRef<readonly Page[]>([]);
  const loaded = answers.flatMap(({ data }, index) => data ?? shown.current[index] ?? []);
  if (loaded.length > 0) shown.current = loaded;
  const last = loaded.at(-1);
  const cells = useMemo(() => {
    void answers;
    return shown.current.flatMap((page) => page.cells);
  }, [answers]);

  const failed = answers.find(({ data, error }) => data === undefined && error !== null);
  const hasMore = last?.next != null;
  return {
    cells,
    total: loaded[0]?.total ?? 0,
    loading: loaded.length === 0 && failed === undefined,
    error: failed?.error ?? null,
    hasMore,
    loadMore: () => {
      if (hasMore && answers.length === pages) setWanted({ list, pages: pages + 1 });
    },
    reload: () => setWanted({ list: null, pages: 1 }),
  };
}
