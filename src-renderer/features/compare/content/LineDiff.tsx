import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Grammar } from '../../../ui/code/language.ts';
import { colourLines, markPieces } from './colour.ts';
import css from './content.module.css';
import { foldRows, type LineRow, type LineSide, lineRows, type Stretch } from './line-diff.ts';

export interface LineDiffProps {
  readonly left: string | null;
  readonly right: string | null;
  readonly grammar: Grammar;
  /** Show every line, not only those near a change. */
  readonly whole?: boolean;
}

/** Two short texts beside each other: coloured, with changed words marked. A lone side has the room. */
export function LineDiff({ left, right, grammar, whole = false }: LineDiffProps) {
  const rows = useMemo(() => lineRows(left ?? '', right ?? ''), [left, right]);
  const colours = useMemo(
    () => ({ left: colourLines(left ?? '', grammar), right: colourLines(right ?? '', grammar) }),
    [left, right, grammar],
  );
  const stretches = useMemo(
    (): Stretch[] => (whole ? [{ kind: 'rows', rows }] : foldRows(rows)),
    [rows, whole],
  );
  const sides = left === null ? 'right' : right === null ? 'left' : 'both';
  return (
    <div className={css.lines} data-sides={sides}>
      {stretches.map((stretch) => (
        <StretchView
          key={keyOf(stretch.rows[0])}
          stretch={stretch}
          sides={sides}
          colours={colours}
        />
      ))}
    </div>
  );
}

type Colours = Readonly<Record<'left' | 'right', ReturnType<typeof colourLines>>>;

function StretchView({
  stretch,
  sides,
  colours,
}: {
  readonly stretch: Stretch;
  readonly sides: 'left' | 'right' | 'both';
  readonly colours: Colours;
}) {
  const { t } = useTranslation('contents');
  const [open, setOpen] = useState(false);
  if (stretch.kind === 'fold' && !open) {
    return (
      <button type="button" className={css.fold} onClick={() => setOpen(true)}>
        {t('unchangedLines', { count: stretch.rows.length })}
      </button>
    );
  }
  return stretch.rows.map((row) => (
    <div key={keyOf(row)} className={css.line}>
      {sides !== 'right' && <Side side={row.left} row={row} of="left" colours={colours} />}
      {sides !== 'left' && <Side side={row.right} row={row} of="right" colours={colours} />}
    </div>
  ));
}

function Side({
  side,
  row,
  of,
  colours,
}: {
  readonly side: LineSide | null;
  readonly row: LineRow;
  readonly of: 'left' | 'right';
  readonly colours: Colours;
}) {
  const { t } = useTranslation('contents');
  if (side === null) return <div className={css.noLine} />;
  const tokens = colours[of][side.number - 1] ?? [{ text: side.text, token: '' }];
  const tone = row.changed ? (of === 'left' ? 'gone' : 'came') : undefined;
  let at = 0;
  return (
    <div className={css.lineSide} data-tone={tone}>
      <span className={css.lineNumber} aria-hidden>
        {side.number}
      </span>
      <code className={css.lineText}>
        {tone !== undefined && <span className={css.hidden}>{t(`line.${tone}`)}</span>}
        {markPieces(tokens, side.ranges).map((piece) => {
          at += piece.text.length;
          const props = { 'data-token': piece.token === '' ? undefined : piece.token };
          return piece.changed ? (
            <mark key={at} {...props}>
              {piece.text}
            </mark>
          ) : (
            <span key={at} {...props}>
              {piece.text}
            </span>
          );
        })}
      </code>
    </div>
  );
}

function keyOf(row: LineRow | undefined): string {
  return `${row?.left?.number ?? '-'}:${row?.right?.number ?? '-'}`;
}
