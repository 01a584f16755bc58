import { Button } from '@mantine/core';
import { Fragment, type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotebookOutput } from '../../client/index.ts';
import { type AnsiStyle, parseAnsi, plain } from '../ansi.ts';
import { ansiCss } from '../ansi-css.ts';
import { Markdown } from '../notes/index.ts';
import { Size } from '../values.tsx';
import { HtmlOutput } from './HtmlOutput.tsx';
import css from './notebook.module.css';
import { placed } from './placed.ts';

const foldedLines = 30;

/** What a cell gave out, as it was saved: no script runs, and nothing is loaded from anywhere. */
export function Outputs({ outputs }: { outputs: readonly NotebookOutput[] }) {
  if (outputs.length === 0) return null;
  return (
    <div className={css.outputs}>
      {placed(outputs).map(({ place, item: output }) => (
        <OutputView key={place} output={output} />
      ))}
    </div>
  );
}

function OutputView({ output }: { output: NotebookOutput }) {
  const { t } = useTranslation('notebooks');
  switch (output.kind) {
    case 'large':
      return (
        <p className={css.dim}>
          {t('large', { what: output.what })} (<Size bytes={output.bytes} />)
        </p>
      );
    case 'script':
      return <p className={css.dim}>{t('script', { what: output.what })}</p>;
    case 'image':
      return (
        <img
          className={css.picture}
          alt={output.text || t('outputImage')}
          src={`data:${output.mime};base64,${output.base64}`}
        />
      );
    case 'svg':
      return (
        <img
          className={css.picture}
          alt={t('outputImage')}
          src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(wellFormed(output.text))}`}
        />
      );
    case 'html':
      return <HtmlOutput text={output.text} />;
    case 'markdown':
      return <Markdown text={output.text} />;
    case 'error':
      return (
        <div className={css.error}>
          <Terminal text={output.text || `${output.name}: ${output.message}`} cut={output.cut} />
        </div>
      );
    default:
      return <Terminal text={output.text} cut={output.cut} />;
  }
}

/** Text with the colours of a terminal; a long one is folded. */
function Terminal({ text, cut }: { text: string; cut: boolean }) {
  const { t } = useTranslation('notebooks');
  const [open, setOpen] = useState(false);
  const lines = useMemo(() => overwritten(text).split('\n'), [text]);
  const shown = open ? lines : lines.slice(0, foldedLines);
  return (
    <>
      <pre className={css.text}>{coloured(shown)}</pre>
      {lines.length > foldedLines && (
        <Button size="compact-xs" onClick={() => setOpen(!open)}>
          {t(open ? 'less' : 'more')}
        </Button>
      )}
      {cut && <p className={css.dim}>{t('cutOutput')}</p>}
    </>
  );
}

/** A carriage return begins the line anew, as progress bars do. */
function overwritten(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(/[^\n]*\r(?!$)/g, '')
    .replace(/\n$/, '');
}

function coloured(lines: readonly string[]): ReactNode {
  let style: AnsiStyle = plain;
  return placed(lines).map(({ place, item: line }) => {
    const parsed = parseAnsi(line, style);
    style = parsed.style;
    return (
      <Fragment key={place}>
        {parsed.spans.map((span) => (
          <span key={span.at} style={ansiCss(span.style)}>
            {span.text}
          </span>
        ))}
        {'\n'}
      </Fragment>
    );
  });
}

/** Half a surrogate pair cannot be part of an address. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}
