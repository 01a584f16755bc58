import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HtmlFrame } from '../HtmlFrame.tsx';

/** A higher one is folded; none is higher than the second. */
const foldedHeight = 420;
const mostHeight = 4000;
const rowHeight = 22;

/**
 * Tables of pandas and the like, in a frame that may do nothing and reach nothing. Its origin is
 * nobody's, so that its height cannot be read: it is guessed, and the frame can be drawn larger.
 */
export function HtmlOutput({ text }: { text: string }) {
  const { t } = useTranslation('notebooks');
  const height = useMemo(() => guessedHeight(text), [text]);
  const [open, setOpen] = useState(false);
  return (
    <>
      <HtmlFrame
        text={text}
        title={t('outputHtml')}
        height={open ? height : Math.min(foldedHeight, height)}
      />
      {height > foldedHeight && (
        <Button size="compact-xs" onClick={() => setOpen(!open)}>
          {t(open ? 'less' : 'more')}
        </Button>
      )}
    </>
  );
}

/** By what begins a line: rows, paragraphs, breaks. */
function guessedHeight(html: string): number {
  const lines = html.match(/<(?:tr|p|br|li|h[1-6]|hr)\b/gi)?.length ?? 0;
  return Math.min(mostHeight, Math.max(80, 24 + Math.max(1, lines) * rowHeight));
}
