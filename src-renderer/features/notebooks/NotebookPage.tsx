import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Output, topics, useOperation } from '../../client/index.ts';
import { MiddleEllipsis, NotebookCells, QueryView, Spacer } from '../../ui/index.ts';
import { ItsRuns } from './ItsRuns.tsx';
import css from './notebooks.module.css';
import { RunDialog } from './RunDialog.tsx';

/** One notebook as it was saved, with its runs. */
export function NotebookPage({ path }: { path: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  const query = useOperation(
    'notebooks.get',
    { path },
    { topics: [topics.workspace, topics.runs, topics.git], keepPrevious: true },
  );
  return (
    <div className={css.page} ref={scroller}>
      <QueryView query={query}>
        {(notebook) => <Shown notebook={notebook} scroller={scroller} />}
      </QueryView>
    </div>
  );
}

function Shown({
  notebook,
  scroller,
}: {
  notebook: Output<'notebooks.get'>;
  scroller: RefObject<HTMLElement | null>;
}) {
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
      <ItsRuns runs={runs} />
      <NotebookCells cells={cells} language={language} scroller={scroller} />
      {cells.length < totalCells && (
        <p className={css.dim}>{t('shown', { shown: cells.length, total: totalCells })}</p>
      )}
      {running && <RunDialog notebook={notebook} onClose={() => setRunning(false)} />}
    </>
  );
}
