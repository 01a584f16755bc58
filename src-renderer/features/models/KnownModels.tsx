import { Button } from '@mantine/core';
import { IconCube } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isModelPath, type Output, topics, useOperation } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { to, useGo } from '../../state/index.ts';
import { EmptyState, MiddleEllipsis, Section, Size, Skeletons } from '../../ui/index.ts';
import css from './models.module.css';
import { RegisteredModels } from './RegisteredModels.tsx';
import { type OnPick, SideButtons } from './SideButtons.tsx';

const shown = 40;

/**
 * Registered and logged models, the models that the pipeline makes, each against what was last committed,
 * and every other model file that was found in the folder.
 * @param onPick a file was chosen as one of the two sides
 */
export function KnownModels({ onPick }: { readonly onPick: OnPick }) {
  const { t } = useTranslation('models');
  const go = useGo();
  const [all, setAll] = useState(false);
  const graph = useOperation('pipeline.graph', {}, { topics: [topics.pipeline] });
  const audit = useOperation('workspace.audit', {}, { topics: [topics.workspace] });
  const registry = useOperation(
    'models.registered',
    {},
    { topics: [topics.registry, topics.runs, topics.sources] },
  );
  const made = (graph.data?.stages ?? [])
    .flatMap((stage) => stage.outs.map((out) => ({ ...out, stage: stage.address })))
    .filter((out) => isModelPath(out.path));
  const known = new Set(made.map(({ path }) => path));
  const found = (audit.data?.items ?? []).filter(
    ({ kind, path }) => kind === 'model' && isModelPath(path) && !known.has(path),
  );
  const logged = registry.data === undefined ? 0 : countOf(registry.data);
  if (made.length === 0 && found.length === 0 && logged === 0) {
    if (graph.loading || audit.loading || registry.loading) return <Skeletons rows={4} />;
    return (
      <EmptyState icon={<IconCube size={28} stroke={1.5} />} title={t('emptyTitle')}>
        {t('emptyText')}
      </EmptyState>
    );
  }
  return (
    <div className={css.known}>
      {registry.data !== undefined && <RegisteredModels known={registry.data} onPick={onPick} />}
      {made.length > 0 && (
        <Section title={t('known')}>
          <ul className={css.knownList}>
            {made.map((model) => (
              <li key={model.path} className={css.knownItem}>
                <MiddleEllipsis text={model.path} max={64} mono />
                <span className={css.dim}>{t('madeBy', { stage: model.stage })}</span>
                <span className={css.dim}>
                  <Size bytes={model.size} />
                </span>
                <span className={css.knownTools}>
                  <SideButtons path={model.path} name={model.path} onPick={onPick} />
                  <Button
                    onClick={() =>
                      go(to('compare', ['HEAD', 'workspace'], { tab: 'models', file: model.path }))
                    }
                  >
                    {t('againstHead')}
                  </Button>
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {found.length > 0 && (
        <Section title={t('foundHere')}>
          <ul className={css.knownList}>
            {(all ? found : found.slice(0, shown)).map(({ path, detail, problem }) => (
              <li key={path} className={css.knownItem}>
                <MiddleEllipsis text={path} max={64} mono />
                <span className={css.dim}>{localized(problem ?? detail)}</span>
                <span className={css.knownTools}>
                  <SideButtons path={path} name={path} onPick={onPick} />
                </span>
              </li>
            ))}
          </ul>
          {found.length > shown && !all && (
            <Button variant="subtle" onClick={() => setAll(true)}>
              {t('moreFound', { count: found.length - shown })}
            </Button>
          )}
        </Section>
      )}
    </div>
  );
}

function countOf({ registered, logged }: Output<'models.registered'>): number {
  return registered.length + logged.length;
}
