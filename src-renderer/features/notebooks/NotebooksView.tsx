import { IconNotebook } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import { to, useGo, useRoute } from '../../state/index.ts';
import { EmptyState, Page, QueryView, SplitPane } from '../../ui/index.ts';
import { NotebookFolder } from './NotebookFolder.tsx';
import { NotebookPage } from './NotebookPage.tsx';
import css from './notebooks.module.css';
import { type Order, PlanDialog } from './PlanDialog.tsx';

const watched = [topics.workspace, topics.runs, topics.git];

/** Left the notebooks of every folder, right the one that was chosen. */
export function NotebooksView() {
  const { t } = useTranslation('notebooks');
  const query = useOperation('notebooks.list', {}, { topics: watched });
  const chosen = useRoute().parts[0] ?? null;
  const go = useGo();
  const [order, setOrder] = useState<Order | null>(null);
  const [width, setWidth] = useState(440);
  const open = (path: string): void => go(to('notebooks', [path]));
  return (
    <Page title={t('title')} hint={t('hint')} scroll={false}>
      <QueryView query={query}>
        {({ folders, cut }) =>
          folders.length === 0 ? (
            <EmptyState icon={<IconNotebook size={28} stroke={1.5} />} title={t('none')}>
              {t('noneText')}
            </EmptyState>
          ) : (
            <SplitPane
              label={t('width')}
              fixed="first"
              size={width}
              onSize={setWidth}
              min={280}
              first={
                <div className={css.list}>
                  {folders.map((folder) => (
                    <NotebookFolder
                      key={folder.path}
                      folder={folder}
                      chosen={chosen}
                      onOpen={open}
                      onOrder={setOrder}
                    />
                  ))}
                  {cut && <p className={css.dim}>{t('cut')}</p>}
                </div>
              }
              second={
                chosen === null ? (
                  <EmptyState title={t('choose')} />
                ) : (
                  <NotebookPage key={chosen} path={chosen} />
                )
              }
            />
          )
        }
      </QueryView>
      {order !== null && (
        <PlanDialog
          order={order}
          onClose={() => setOrder(null)}
          onDone={(renames) => {
            const moved = renames.find((one) => one.from === chosen);
            if (moved !== undefined) go(to('notebooks', [moved.to]), true);
          }}
        />
      )}
    </Page>
  );
}
