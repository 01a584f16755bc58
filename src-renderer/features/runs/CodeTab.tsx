import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type RunDetail, topics, useOperation } from '../../client/index.ts';
import { to, useGo } from '../../state/index.ts';
import { EmptyState, Facts, MiddleEllipsis, Section, Size } from '../../ui/index.ts';
import css from './runs.module.css';

const shown = 200;

/** The code as it was: the snapshot, and how it differed from the last commit. */
export function CodeTab({ run }: { run: RunDetail }) {
  const { t } = useTranslation(['runs', 'common']);
  const go = useGo();
  const previous = useOperation(
    'runs.get',
    { id: run.previousId ?? '' },
    { enabled: run.previousId !== null, topics: [topics.runs] },
  ).data;
  const { snapshot, baseCommit, branch } = run;
  if (snapshot === null && baseCommit === null) {
    return <EmptyState title={t('page.tabs.code')}>{t('code.noSnapshot')}</EmptyState>;
  }
  const commits = [
    [t('code.snapshot'), snapshot],
    // Other tools make no snapshot: it is all that there is, and not the last one before it.
    [t(snapshot === null ? 'code.commit' : 'code.base'), baseCommit],
  ] as const;
  const isKept = run.codeCommit != null;
  const what = (
    <Section title={t(snapshot === null ? 'code.commit' : 'code.snapshot')}>
      <p className={css.dim}>
        {t(
          snapshot !== null ? 'code.snapshotHint' : `code.${isKept ? 'commitHint' : 'commitGone'}`,
        )}
      </p>
      <Facts
        items={[
          ...commits.flatMap(([name, commit]) =>
            commit === null
              ? []
              : [
                  [
                    name,
                    <code key={name} className={css.code}>
                      {commit}
                    </code>,
                  ] as const,
                ],
          ),
          ...(branch === null ? [] : [[t('page.branch'), branch] as const]),
        ]}
      />
      {isKept && (
        <div className={css.buttons}>
          {previous?.codeCommit != null && (
            <Button onClick={() => go(to('diff', [previous.id, run.id]))}>
              {t('code.diffPrevious', { label: previous.label })}
            </Button>
          )}
          {baseCommit !== null && run.dirtyFiles.length > 0 && (
            <Button onClick={() => go(to('diff', [baseCommit, run.id]))}>
              {t('code.diffBase')}
            </Button>
          )}
          <Button onClick={() => go(to('diff', [run.id, 'workspace']))}>{t('code.diffNow')}</Button>
        </div>
      )}
    </Section>
  );
  if (snapshot === null) return what;
  return (
    <>
      {what}
      {baseCommit !== null && (
        <Section
          title={
            run.dirtyFiles.length === 0
              ? t('code.clean')
              : t('code.dirty', { count: run.dirtyFiles.length })
          }
        >
          <ul className={css.paths}>
            {run.dirtyFiles.slice(0, shown).map((path) => (
              <li key={path}>
                <MiddleEllipsis text={path} max={90} mono />
              </li>
            ))}
          </ul>
          {run.dirtyFiles.length > shown && (
            <p className={css.dim}>
              {t('common:showing', { shown, total: run.dirtyFiles.length })}
            </p>
          )}
        </Section>
      )}
      {run.largeFiles.length > 0 && (
        <Section title={t('code.large')}>
          <ul className={css.paths}>
            {run.largeFiles.map((file) => (
              <li key={file.path}>
                <MiddleEllipsis text={file.path} max={70} mono /> <Size bytes={file.size} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
