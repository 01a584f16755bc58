import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  formatRoute,
  goBeside,
  goTo,
  home,
  type Pane,
  PaneContext,
  type Route,
} from '../state/index.ts';
import { EmptyState, ErrorBoundary, Skeletons } from '../ui/index.ts';
import css from './Frame.module.css';
import { viewOf } from './routes.tsx';

/** One view in one of the two panes. */
export function PaneView({ slot, route }: { slot: Pane['slot']; route: Route | null }) {
  const { t } = useTranslation('shell');
  const pane = useMemo(() => ({ slot, route: route ?? home }), [slot, route]);
  const View = route === null ? null : viewOf(route.view);
  if (View === null) {
    return (
      <EmptyState
        title={t('notFound')}
        actions={<Button onClick={() => goTo(home)}>{t('goHome')}</Button>}
      >
        {t('notFoundHint')}
      </EmptyState>
    );
  }
  return (
    <PaneContext value={pane}>
      <div className={css.pane} data-slot={slot}>
        {slot === 'beside' && (
          <ActionIcon
            className={css.paneClose}
            aria-label={t('closeBeside')}
            title={t('closeBeside')}
            onClick={() => goBeside(null)}
          >
            <IconX size={16} />
          </ActionIcon>
        )}
        <div className={css.paneBody}>
          <ErrorBoundary resetKey={formatRoute(pane.route)}>
            <Suspense fallback={<Skeletons rows={10} />}>
              <View />
            </Suspense>
          </ErrorBoundary>
        </div>
      </div>
    </PaneContext>
  );
}
