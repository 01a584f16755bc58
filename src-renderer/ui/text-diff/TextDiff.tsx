import { SegmentedControl, Switch } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchWords } from '../code/use-search-words.ts';
import { Spacer } from '../page.tsx';
import { ChangeSteps } from './ChangeSteps.tsx';
import type { MergeEditor } from './merge-editor.ts';
import css from './text-diff.module.css';
import { useChangeKeys } from './use-change-keys.ts';

export interface TextDiffProps {
  /** Null where the side has no such text. */
  readonly left: string | null;
  readonly right: string | null;
  readonly path: string;
  /** Its old path, of a renamed file. */
  readonly from?: string | null;
  readonly titles: { readonly left: string; readonly right: string };
  /** There are no more changes that way; returns whether another text was opened. */
  readonly onBeyond?: ((way: 1 | -1) => boolean) | undefined;
  /** What stands before the tools. */
  readonly children?: ReactNode;
}

interface Look {
  readonly mode: 'split' | 'unified';
  readonly collapse: boolean;
  readonly wrap: boolean;
}

/** Kept while the window is open, for every file alike. */
let lastLook: Look = { mode: 'split', collapse: true, wrap: false };

/** Two texts line by line, beside or within each other. n and p go from change to change. */
export function TextDiff({ left, right, path, from, titles, onBeyond, children }: TextDiffProps) {
  const { t } = useTranslation('compare');
  const [look, setLook] = useState(lastLook);
  const [position, setPosition] = useState({ at: 0, total: 0 });
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<MergeEditor | null>(null);
  const oneSided = left === null || right === null;
  const mode = oneSided ? 'unified' : look.mode;
  const change = (part: Partial<Look>): void => {
    lastLook = { ...look, ...part };
    setLook(lastLook);
  };

  const foldWord = t('unchangedLines', { lines: '$' });
  const movedFrom = t('movedFrom', { line: '$' });
  const movedTo = t('movedTo', { line: '$' });
  const leftName = t('sideOf', { path: from ?? path, side: titles.left });
  const rightName = t('sideOf', { path, side: titles.right });
  const searchWords = useSearchWords();
  useEffect(() => {
    const parent = host.current;
    if (parent === null) return;
    let open = true;
    // CodeMirror is a good part of the renderer, and only this view needs it.
    void import('./merge-editor.ts').then(({ openMergeEditor }) => {
      if (!open) return;
      editor.current = openMergeEditor({
        parent,
        left: left ?? '',
        right: right ?? '',
        path,
        mode,
        // What is the same on both sides is shown whole, rather than as one fold.
        collapse: look.collapse && left !== right,
        wrap: look.wrap,
        words: {
          ...{ left: leftName, right: rightName, fold: foldWord, movedFrom, movedTo },
          search: searchWords,
        },
        onPosition: (at, total) => setPosition({ at, total }),
      });
    });
    return () => {
      open = false;
      editor.current?.destroy();
      editor.current = null;
    };
  }, [
    left,
    right,
    path,
    mode,
    look.collapse,
    look.wrap,
    leftName,
    rightName,
    foldWord,
    movedFrom,
    movedTo,
    searchWords,
  ]);

  const step = (way: 1 | -1): void => {
    const edge = way === 1 ? position.total : 1;
    if ((position.total === 0 || position.at === edge) && onBeyond?.(way)) return;
    if (way === 1) editor.current?.next();
    else editor.current?.previous();
  };
  useChangeKeys(step);

  return (
    <>
      <div className={css.frame}>
        <div className={css.tools}>
          {children}
          <Spacer />
          <ChangeSteps {...position} onStep={step} />
          <Switch
            label={t('foldSame')}
            checked={look.collapse}
            onChange={(event) => change({ collapse: event.currentTarget.checked })}
          />
          <Switch
            label={t('wrap')}
            checked={look.wrap}
            onChange={(event) => change({ wrap: event.currentTarget.checked })}
          />
          <SegmentedControl
            aria-label={t('layout')}
            value={mode}
            disabled={oneSided}
            onChange={(value) => change({ mode: value === 'unified' ? 'unified' : 'split' })}
            data={[
              { value: 'split', label: t('split') },
              { value: 'unified', label: t('unified') },
            ]}
          />
        </div>
      </div>
      {mode === 'split' && (
        <div className={css.titles}>
          <span>{titles.left}</span>
          <span>{titles.right}</span>
        </div>
      )}
      <div ref={host} className={css.host} data-mode={mode} />
    </>
  );
}
