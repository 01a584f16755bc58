import { useTranslation } from 'react-i18next';
import { localized } from '../../i18n/index.ts';
import { Badge } from '../../ui/index.ts';
import css from './models.module.css';
import type { ModelSide } from './use-model-diff.ts';

type FileKind = ModelSide['badge'];

const marks: Readonly<Record<FileKind, { readonly shape: string; readonly tone: string }>> = {
  data: { shape: '=', tone: 'good' },
  'code-capable': { shape: '○', tone: 'dim' },
  'unknown-globals': { shape: '?', tone: 'warn' },
  ambiguous: { shape: '?', tone: 'warn' },
  dangerous: { shape: '!', tone: 'bad' },
};

/** Shown at once; more are behind a line that opens. */
const shownAtOnce = 6;

/** What opening the file in its own framework could do. Never says that a file is safe. */
export function FileBadge({ badge }: { readonly badge: FileKind }) {
  const { t } = useTranslation('models');
  return (
    <span title={t(`badgeHint.${badge}`)}>
      <Badge {...marks[badge]}>{t(`badge.${badge}`)}</Badge>
    </span>
  );
}

/** What speaks for the badges: of each file the names in question, in sentences. */
export function Findings({ sides }: { readonly sides: readonly ModelSide[] }) {
  const { t } = useTranslation('models');
  // Checkpoints of one training have the same findings, and a file against itself has: said once.
  const groups = Map.groupBy(
    sides.filter(({ findings }) => findings.length > 0),
    ({ badge, findings }) => JSON.stringify([badge, findings]),
  );
  const telling = [...groups.values()].map((alike) => {
    const { badge, findings } = alike[0]!;
    return { badge, findings, title: [...new Set(alike.map(({ title }) => title))].join(', ') };
  });
  if (telling.length === 0) return null;
  return (
    <div className={css.findings}>
      {telling.map(({ title, badge, findings }) => (
        <section
          key={title}
          className={css.finding}
          data-tone={marks[badge].tone}
          aria-label={t('findings', { title })}
        >
          <p className={css.findingTitle}>
            {title}: {t(`badgeHint.${badge}`)}
          </p>
          <Sentences sentences={findings.slice(0, shownAtOnce)} />
          {findings.length > shownAtOnce && (
            <details>
              <summary>{t('moreFindings', { count: findings.length - shownAtOnce })}</summary>
              <Sentences sentences={findings.slice(shownAtOnce)} />
            </details>
          )}
        </section>
      ))}
    </div>
  );
}

function Sentences({ sentences }: { readonly sentences: readonly string[] }) {
  return (
    <ul>
      {[...new Set(sentences)].map((sentence) => (
        <li key={sentence}>{localized(sentence)}</li>
      ))}
    </ul>
  );
}
