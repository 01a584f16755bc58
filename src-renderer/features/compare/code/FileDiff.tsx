import { ActionIcon, SegmentedControl, Switch } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DiffSummary, type FileChange, topics, useOperation } from '../../../client/index.ts';
import { localized } from '../../../i18n/index.ts';
import {
  CopyText,
  EmptyState,
  isTyping,
  MiddleEllipsis,
  QueryView,
  Spacer,
} from '../../../ui/index.ts';
import css from '../compare.module.css';
import type { MergeEditor } from './merge-editor.ts';

export interface FileDiffProps {
  readonly summary: DiffSummary;
  readonly file: FileChange;
  /** There are no more changes that way in this file; returns whether another file was opened. */
  readonly onBeyond: (way: 1 | -1) => boolean;
}

/** One file, both sides. n and p go from change to change, also while the focus is elsewhere. */
export function FileDiff({ summary, file, onBeyond }: FileDiffProps) {
  const { left, right } = summary;
  const query = useOperation(
    'diff.file',
    { left: left.reference, right: right.reference, path: file.path, from: file.from },
    { topics: [topics.workspace] },
  );
  return (
    <div className={css.fileDiff}>
      <QueryView query={query}>
        {(texts) =>
          texts.left === null && texts.right === null ? (
            <EmptyState title={file.path}>
              {texts.note !== null && localized(texts.note)}
            </EmptyState>
          ) : (
            <Texts
              left={texts.left}
              right={texts.right}
              note={texts.note}
              file={file}
              titles={{ left: left.title, right: right.title }}
              onBeyond={onBeyond}
            />
          )
        }
      </QueryView>
    </div>
  );
}

interface TextsProps extends Pick<FileDiffProps, 'file' | 'onBeyond'> {
  readonly left: string | null;
  readonly right: string | null;
  readonly note: string | null;
  readonly titles: { readonly left: string; readonly right: string };
}

interface Look {
  readonly mode: 'split' | 'unified';
  readonly collapse: boolean;
  readonly wrap: boolean;
}

/** Kept while the window is open, for every file alike. */
let lastLook: Look = { mode: 'split', collapse: true, wrap: false };

function Texts({ left, right, note, file, titles, onBeyond }: TextsProps) {
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
  const leftName = t('sideOf', { path: file.from ?? file.path, side: titles.left });
  const rightName = t('sideOf', { path: file.path, side: titles.right });
  useEffect(() => {
    const parent = host.current;
    if (parent === null) return;
    let open = true;
    // CodeMirror is a good part of the renderer, and only this tab needs it.
    void import('./merge-editor.ts').then(({ openMergeEditor }) => {
      if (!open) return;
      editor.current = openMergeEditor({
        parent,
        left: left ?? '',
        right: right ?? '',
        path: file.path,
        mode,
        collapse: look.collapse,
        wrap: look.wrap,
        words: { left: leftName, right: rightName, fold: foldWord },
        onPosition: (at, total) => setPosition({ at, total }),
      });
    });
    return () => {
      open = false;
      editor.current?.destroy();
      editor.current = null;
    };
  }, [left, right, file.path, mode, look.collapse, look.wrap, leftName, rightName, foldWord]);

  const step = (way: 1 | -1): void => {
    const edge = way === 1 ? position.total : 1;
    if ((position.total === 0 || position.at === edge) && onBeyond(way)) return;
    if (way === 1) editor.current?.next();
    else editor.current?.previous();
  };
  const latest = useRef(step);
  useEffect(() => {
    latest.current = step;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) return;
      const way = event.key === 'n' ? 1 : event.key === 'p' ? -1 : null;
      if (way === null) return;
      event.preventDefault();
      latest.current(way);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

  return (
    <>
      <div className={css.diffTools}>
        <MiddleEllipsis text={file.path} max={60} mono />
        <CopyText text={file.path} label={t('copyPath')} />
        <Spacer />
        <span className={css.dim} aria-live="polite">
          {position.at === 0
            ? t('changes', { count: position.total })
            : t('changeOf', { at: position.at, count: position.total })}
        </span>
        <ActionIcon aria-label={t('previous')} title={t('previous')} onClick={() => step(-1)}>
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon aria-label={t('next')} title={t('next')} onClick={() => step(1)}>
          <IconArrowDown size={16} />
        </ActionIcon>
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
      {note !== null && <div className={css.note}>{localized(note)}</div>}
      {mode === 'split' && (
        <div className={css.diffTitles}>
          <span>{titles.left}</span>
          <span>{titles.right}</span>
        </div>
      )}
      <div ref={host} className={css.diffHost} data-mode={mode} />
    </>
  );
}
