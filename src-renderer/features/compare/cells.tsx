import { useTranslation } from 'react-i18next';
import { Absent, CopyText } from '../../ui/index.ts';
import css from './compare.module.css';

/** One side's value as it was written; a dash where there is none. */
export function Value({ text }: { text: string | null }) {
  const { t } = useTranslation('compare');
  if (text === null) return <Absent label={t('notThere')} />;
  return (
    <span className={css.value} title={text}>
      {text}
    </span>
  );
}

/** Both values in full, for what does not fit into a row. */
export function ValuePair({
  name,
  left,
  right,
}: {
  name: string;
  left: string | null;
  right: string | null;
}) {
  const { t } = useTranslation('compare');
  const sides = [
    { title: t('from'), text: left },
    { title: t('to'), text: right },
  ];
  return (
    <section className={css.pair} aria-label={name}>
      <h2 className={css.pairName}>{name}</h2>
      <div className={css.pairSides}>
        {sides.map((side) => (
          <div key={side.title} className={css.pairSide}>
            <div className={css.pairHead}>
              <span className={css.dim}>{side.title}</span>
              {side.text !== null && <CopyText text={side.text} />}
            </div>
            {side.text === null ? (
              <Absent label={t('notThere')} />
            ) : (
              <pre className={css.pairText}>{side.text}</pre>
            )}
          </div>
        ))}
      </div>
    </section>
  );
}
