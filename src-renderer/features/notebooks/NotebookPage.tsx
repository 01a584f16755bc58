import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Output, topics, useOperation } from '../../client/index.ts';
import { goTo, to } from '../../state/index.ts';
import {
  Markdown,
  MiddleEllipsis,
  QueryView,
  RelativeTime,
  RunLabel,
  Spacer,
  StatusBadge,
} from '../../ui/index.ts';
import { Code } from './Code.tsx';
import css from './notebooks.module.css';
import { Outputs } from './Outputs.tsx';
import { placed } from './placed.ts';
import { RunDialog } from './RunDialog.tsx';

/** One notebook as it was saved, with its runs. */
export function NotebookPage({ path }: { path: string }) {
  const query = useOperation(
    'notebooks.get',
    { path },
    { topics: [topics.workspace, topics.runs, topics.git], keepPrevious: true },
  );
  return (
    <div className={css.page}>
      <QueryView query={query}>{(notebook) => <Shown notebook={notebook} />}</QueryView>
    </div>
  );
}

function Shown({ notebook }: { notebook: Output<'notebooks.get'> }) {
  const { t } = useTranslation('notebooks');
  const [running, setRunning] = useState(false);
  const { path, cells, totalCells, runs, kernelTitle, kernel, language } = notebook;
  return (
    <>
      <header className={css.pageHead}>
        <h2>
          <MiddleEllipsis text={path} max={64} mono />
        </h2>
        <span className={css.dim}>{kernelTitle ?? kernel ?? language}</span>
        <Spacer />
        <Button
          leftSection={<IconPlayerPlay size={14} />}
          variant="filled"
          onClick={() => setRunning(true)}
        >
          {t('run')}
        </Button>
      </header>
      <section className={css.runs} aria-label={t('itsRuns')}>
        <h3>{t('itsRuns')}</h3>
        {runs.length === 0 && <p className={css.dim}>{t('noRuns')}</p>}
        {runs.slice(0, 12).map((run) => (
          <button key={run.id} type="button" onClick={() => goTo(to('run', [run.label]))}>
            <RunLabel label={run.label} name={run.name} />
            <StatusBadge status={run.status} />
            <RelativeTime at={run.startedAt ?? run.createdAt} />
          </button>
        ))}
      </section>
      <div className={css.cells}>
        {placed(cells).map(({ place, item: cell }) => (
          <article key={place} className={css.cell} data-type={cell.type}>
            {cell.type === 'markdown' ? (
              <Markdown text={cell.source} />
            ) : (
              <>
                {cell.type === 'code' && (
                  <span className={css.count}>[{cell.executionCount ?? ' '}]</span>
                )}
                <Code text={cell.source} language={cell.type === 'code' ? language : null} />
                <Outputs outputs={cell.outputs} />
              </>
            )}
          </article>
        ))}
        {cells.length < totalCells && (
          <p className={css.dim}>{t('shown', { shown: cells.length, total: totalCells })}</p>
        )}
      </div>
      {running && <RunDialog notebook={notebook} onClose={() => setRunning(false)} />}
    </>
  );
}
