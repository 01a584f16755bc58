import { useTranslation } from 'react-i18next';
import { CodeText, Facts, Section } from '../../ui/index.ts';
import css from './runs.module.css';

/** MLflow's client writes these by itself: where the script was, who ran it. */
const isOfMlflow = (key: string): boolean => key.startsWith('mlflow.');

/** What somebody tagged a run with; folded below it, what MLflow's client did by itself. */
export function RunTags({ tags }: { tags: Readonly<Record<string, string>> }) {
  const { t } = useTranslation('runs');
  const all = Object.entries(tags);
  const own = all.filter(([key]) => !isOfMlflow(key));
  const ofMlflow = all.filter(([key]) => isOfMlflow(key));
  if (all.length === 0) return null;
  return (
    <Section title={t('page.tagList')}>
      {own.length > 0 && <Facts items={own} />}
      {ofMlflow.length > 0 && (
        <details className={css.moreTags}>
          <summary>{t('page.tagsOfMlflow', { count: ofMlflow.length })}</summary>
          <Facts
            items={ofMlflow.map(([key, value]) => [key, <CodeText key={key} text={value} below />])}
          />
        </details>
      )}
    </Section>
  );
}
