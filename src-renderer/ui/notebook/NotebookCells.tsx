import { lazy, Suspense } from 'react';
import { Skeletons } from '../states.tsx';
import type { CellsProps } from './Cells.tsx';

// With the grammar of Python, which the window opens without.
const Cells = lazy(() => import('./Cells.tsx'));

/** The cells of a notebook as they were saved; nothing in them is run. */
export function NotebookCells(props: CellsProps) {
  return (
    <Suspense fallback={<Skeletons rows={10} />}>
      <Cells {...props} />
    </Suspense>
  );
}
