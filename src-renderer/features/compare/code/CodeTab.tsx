import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, SplitPane } from '../../../ui/index.ts';
import type { TabProps } from '../CompareView.tsx';
import css from '../compare.module.css';
import { visibleRows } from '../rows.ts';
import { FileDiff } from './FileDiff.tsx';
import { FileList } from './FileList.tsx';
import { listed, useTree } from './tree.ts';

/** The files that differ, and one of them line by line. */
export function CodeTab({ summary, place, filter, show }: TabProps) {
  const { t } = useTranslation('compare');
  const [width, setWidth] = useState(300);
  const tree = useTree(summary, !filter.onlyDifferences);
  const files = listed(
    visibleRows(tree, filter, {
      text: (file) => `${file.path} ${file.from ?? ''}`,
      differs: (file) => file.change !== 'same',
    }),
  );
  const file =
    files.find((one) => one.path === place.file) ??
    files.find((one) => one.change !== 'same') ??
    files[0];
  if (file === undefined) {
    const total = tree.length;
    const title =
      total === 0 ? t('none.code') : filter.text === '' ? t('same.code') : t('unmatched');
    return (
      <div className={css.emptyTab}>
        <EmptyState title={title} />
      </div>
    );
  }
  const open = (path: string): void => show({ file: path }, true);
  /** From the last change of a file to the next file, and back. */
  const beyond = (way: 1 | -1): boolean => {
    const next = files[files.indexOf(file) + way];
    if (next !== undefined) open(next.path);
    return next !== undefined;
  };
  return (
    <SplitPane
      label={t('fileList')}
      fixed="first"
      size={width}
      onSize={setWidth}
      min={180}
      max={600}
      first={<FileList files={files} total={tree.length} active={file.path} onActive={open} />}
      second={
        <FileDiff
          key={`${summary.left.reference} ${summary.right.reference} ${file.path}`}
          summary={summary}
          file={file}
          onBeyond={beyond}
          onContent={() =>
            show({ tab: 'data', file: file.from ?? file.path, other: file.path, as: null })
          }
        />
      }
    />
  );
}
