/** Notebooks as the window sees them. */
import type { NotebookRow } from '../../src-main/contract/notebooks.ts';
import type { Handlers } from '../../src-main/rpc/index.ts';

const row = (name: string, more: Partial<NotebookRow> = {}): NotebookRow => ({
  path: name,
  name,
  label: /^[\d.]*\d/.exec(name)?.[0] ?? '',
  missing: [],
  duplicate: false,
  title: null,
  cells: 12,
  codeCells: 8,
  kernel: 'Python 3 (ipykernel)',
  size: 48_000,
  modifiedAt: Date.now() - 3_600_000,
  executed: 'order',
  runs: 0,
  problem: null,
  ...more,
});

const notebooks = [
  row('01_load.ipynb', { title: 'Loading the penguins', runs: 2 }),
  row('02_train.ipynb', { title: 'Training', executed: 'mixed' }),
  row('04_a_very_long_name_of_a_notebook_that_goes_on_and_on_and_on.ipynb', { missing: ['03'] }),
];

export const fakeNotebooks: Pick<
  Handlers,
  'notebooks.list' | 'notebooks.get' | 'notebooks.plan' | 'notebooks.renumber'
> = {
  'notebooks.list': async () => ({ folders: [{ path: '', notebooks }], cut: false }),
  'notebooks.get': async ({ path }) => ({
    path,
    title: 'Loading the penguins',
    kernel: 'python3',
    kernelTitle: 'Python 3 (ipykernel)',
    language: 'python',
    cells: [
      {
        type: 'markdown',
        source: '# Loading the penguins',
        executionCount: null,
        tags: [],
        outputs: [],
      },
      {
        type: 'code',
        source: 'lr = 0.1  # learning rate',
        executionCount: 1,
        tags: ['parameters'],
        outputs: [{ kind: 'text', text: 'done\n', stream: 'stdout', cut: false }],
      },
    ],
    totalCells: 2,
    parameters: [{ name: 'lr', value: '0.1', comment: 'learning rate' }],
    runs: [],
  }),
  'notebooks.plan': async () => ({
    renames: [{ from: '02_train.ipynb', to: '01_train.ipynb' }],
    edits: [],
    runs: 0,
    warnings: [],
    stamp: 'x',
  }),
  'notebooks.renumber': async () => ({ renamed: 1, edited: 0 }),
};
