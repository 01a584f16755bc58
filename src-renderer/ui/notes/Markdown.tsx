import { lazy, Suspense } from 'react';
import css from '../text.module.css';

// Reading Markdown takes a good part of the renderer, and the window opens without it.
const MarkdownText = lazy(() => import('./MarkdownText.tsx'));

/** Renders Markdown (GitHub's dialect, with formulas between dollar signs) safely. */
export function Markdown({ text }: { text: string }) {
  return (
    <Suspense fallback={<PlainMarkdown text={text} />}>
      <MarkdownText text={text} />
    </Suspense>
  );
}

/** The source, until what renders it is there. */
export function PlainMarkdown({ text }: { text: string }) {
  return <div className={`${css.markdown} ${css.source}`}>{text.trim()}</div>;
}
