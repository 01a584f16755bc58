import { useTranslation } from 'react-i18next';
import type { ChangeKind } from '../../client/index.ts';
import { Absent, Badge, CopyText } from '../../ui/index.ts';
import css from './compare.module.css';

const shapes: Readonly<Record<ChangeKind, string>> = {
  added: '+',
  removed: '−',
  modified: '~',
  renamed: '→',
  same: '=',
};
const tones: Readonly<Record<ChangeKind, string>> = {
  added: 'good',
  removed: 'bad',
  modified: 'active',
  renamed: 'active',
  same: 'dim',
};

/** A kind of change by shape, word and colour; the word is only spoken when there is no room. */
export function ChangeMark({ change, compact }: { change: ChangeKind; compact?: boolean }) {
  const { t } = useTranslation();
  const word = t(`change.${change}`);
  return (
    <Badge tone={tones[change]} shape={shapes[change]} title={compact ? word : undefined}>
      {compact ? <span className={css.hidden}>{word}</span> : word}
    </Badge>
  );
}

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
