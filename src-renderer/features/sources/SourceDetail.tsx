import { useTranslation } from 'react-i18next';
import type { SourceRow } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { MiddleEllipsis, RelativeTime, Section, toolName } from '../../ui/index.ts';
import { isKept, whyNotAgain } from './keeping.ts';
import css from './sources.module.css';

/** What is to be said of one source: why it cannot be read, and what of it was left out. */
export function SourceDetail({ source }: { source: SourceRow }) {
  const { t } = useTranslation('sources');
  const { problem, goneAt, goneRuns, keptRuns, skipped, skippedCount } = source;
  const notAgain = whyNotAgain(source);
  return (
    <div className={css.detail}>
      <Section title={`${toolName(source.kind)}  ${source.path === '' ? t('root') : source.path}`}>
        {problem !== null && <p className={css.problem}>{localized(problem)}</p>}
        {goneAt !== null && (
          <p className={css.dim}>
            <RelativeTime at={goneAt} /> {t('state.gone')}
          </p>
        )}
        {goneRuns > 0 && <p className={css.dim}>{t('goneRuns', { count: goneRuns })}</p>}
        {keptRuns > 0 && (
          <p className={css.dim}>
            {isKept(source) ? t('keptHint') : t('keptRuns', { count: keptRuns })}
          </p>
        )}
        {notAgain !== null && <p className={css.dim}>{t(notAgain)}</p>}
        {skipped.length > 0 && (
          <>
            <h3 className={css.skippedTitle}>{t('skippedTitle')}</h3>
            <dl className={css.skipped}>
              {skipped.map(({ key, reason }) => (
                <div key={key}>
                  <dt>
                    <MiddleEllipsis text={key === '' ? source.path : key} max={48} mono />
                  </dt>
                  <dd>{localized(reason)}</dd>
                </div>
              ))}
            </dl>
            {skipped.length < skippedCount && (
              <p className={css.dim}>
                {t('showing', { shown: skipped.length, total: skippedCount })}
              </p>
            )}
          </>
        )}
        {problem === null && goneAt === null && skippedCount === 0 && (
          <p className={css.dim}>
            {source.readAt === null ? t('state.waiting') : t('allRead', { count: source.runs })}
          </p>
        )}
      </Section>
    </div>
  );
}
