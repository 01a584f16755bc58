import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type DiffSummary, type FileChange, topics, useOperation } from '../../../client/index.ts';
import { localized } from '../../../i18n/index.ts';
import { CopyText, EmptyState, MiddleEllipsis, QueryView } from '../../../ui/index.ts';
import { TextDiff } from '../../../ui/text-diff/index.ts';
import css from '../compare.module.css';

export interface FileDiffProps {
  readonly summary: DiffSummary;
  readonly file: FileChange;
  /** There are no more changes that way in this file; returns whether another file was opened. */
  readonly onBeyond: (way: 1 | -1) => boolean;
  /** Opens the file in the viewer of its kind. */
  readonly onContent: () => void;
}

/** Files that are more than their lines. */
const hasViewer = /\.(ipynb|csv|tsv|ya?ml|json|toml|svg)$/i;

/** One file of code, both sides. */
export function FileDiff({ summary, file, onBeyond, onContent }: FileDiffProps) {
  const { t } = useTranslation('compare');
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
            <EmptyState
              title={file.path}
              actions={<Button onClick={onContent}>{t('compareContent')}</Button>}
            >
              {texts.note !== null && localized(texts.note)}
            </EmptyState>
          ) : (
            <TextDiff
              left={texts.left}
              right={texts.right}
              path={file.path}
              from={file.from}
              titles={{ left: left.title, right: right.title }}
              onBeyond={onBeyond}
            >
              <MiddleEllipsis text={file.path} max={60} mono />
              <CopyText text={file.path} label={t('copyPath')} />
              {hasViewer.test(file.path) && (
                <Button size="compact-xs" variant="light" onClick={onContent}>
                  {t('compareContent')}
                </Button>
              )}
            </TextDiff>
          )
        }
      </QueryView>
    </div>
  );
}
