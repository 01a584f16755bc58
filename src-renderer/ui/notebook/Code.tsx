import { python } from '@codemirror/lang-python';
import { highlightCode, tagHighlighter, tags } from '@lezer/highlight';
import { Fragment, type ReactNode, useMemo } from 'react';
import css from './notebook.module.css';

const { parser } = python().language;
const styles = tagHighlighter([
  { tag: [tags.keyword, tags.operatorKeyword], class: css.keyword ?? '' },
  { tag: [tags.string, tags.special(tags.string)], class: css.string ?? '' },
  { tag: tags.comment, class: css.comment ?? '' },
  { tag: [tags.number, tags.bool, tags.null], class: css.literal ?? '' },
  { tag: tags.function(tags.variableName), class: css.call ?? '' },
]);
/** Colouring more than this keeps the page waiting. */
const mostColoured = 20_000;

/** The source of a cell, coloured where its language is Python. */
export function Code({ text, language }: { text: string; language: string | null }) {
  const parts = useMemo(() => {
    const isPython = language === null || /^i?python/i.test(language);
    return isPython && text.length <= mostColoured ? colour(text) : text;
  }, [text, language]);
  return <pre className={css.code}>{parts}</pre>;
}

function colour(text: string): ReactNode {
  const parts: ReactNode[] = [];
  highlightCode(
    text,
    parser.parse(text),
    styles,
    (piece, classes) => {
      const key = parts.length;
      parts.push(
        classes === '' ? (
          <Fragment key={key}>{piece}</Fragment>
        ) : (
          <span key={key} className={classes}>
            {piece}
          </span>
        ),
      );
    },
    () => parts.push('\n'),
  );
  return parts;
}
