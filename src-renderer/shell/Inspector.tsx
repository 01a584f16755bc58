import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSelection } from '../state/index.ts';
import { ErrorBoundary, Skeletons } from '../ui/index.ts';
import css from './Frame.module.css';

const RunInspector = lazy(() => import('../features/runs/RunInspector.tsx'));
const CommitInspector = lazy(() => import('../features/timeline/CommitInspector.tsx'));

/**
 * What is selected. A view may show something of its own here (`Inspect`), which then stands in
 * front of the account of the selected run or commit.
 */
export function Inspector({ target }: { target: (element: HTMLElement | null) => void }) {
  const { t } = useTranslation('shell');
  const focus = useSelection((state) => state.focus);
  return (
    <aside id="inspector" tabIndex={-1} className={css.inspector} aria-label={t('inspector')}>
      <div ref={target} className={css.slot} />
      <div className={css.fallback}>
        <ErrorBoundary resetKey={JSON.stringify(focus)}>
          <Suspense fallback={<Skeletons />}>
            {focus?.kind === 'run' && <RunInspector id={focus.id} />}
            {focus?.kind === 'commit' && <CommitInspector oid={focus.oid} />}
            {focus === null && <p className={css.inspectorEmpty}>{t('inspectorEmpty')}</p>}
          </Suspense>
        </ErrorBoundary>
      </div>
    </aside>
  );
}
