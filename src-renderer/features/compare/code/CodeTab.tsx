import { type ComponentType, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, SplitPane } from '../../../ui/index.ts';
import type { TabProps } from '../CompareView.tsx';
import css from '../compare.module.css';
import type { ModelDiffProps } from '../ModelsTab.tsx';
import { visibleRows } from '../rows.ts';
import { FileDiff } from './FileDiff.tsx';
import { FileList } from './FileList.tsx';
import { listed, useTree } from './tree.ts';

export interface CodeTabProps extends TabProps {
  readonly ModelDiff: ComponentType<ModelDiffProps>;
}

/** The files that differ, and one of them line by line or as what it is. */
export function CodeTab(props: CodeTabProps) {
  const { t, i18n } = useTranslation('compare');
  const { left, right } = props.summary;
  const unsure = [left, right].filter(
    (side) => side.committedOnly === true && side.commit !== null,
  );
  if (unsure.length === 0) return <Files {...props} />;
  return (
    <div className={css.unsureCode}>
      <p className={css.dim}>
        {t('committedOnly', {
          titles: new Intl.ListFormat(i18n.language).format(unsure.map(({ title }) => title)),
        })}
      </p>
      <Files {...props} />
    </div>
  );
}

function Files({ summary, place, filter, show, ModelDiff }: CodeTabProps) {
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
    // Of sides that are the same, the list has nothing unless the whole tree was asked for.
    const kept = [summary.left, summary.right].some((side) => side.kind !== 'run' || side.commit);
    const title = !kept ? t('none.code') : filter.text === '' ? t('same.code') : t('unmatched');
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
          ModelDiff={ModelDiff}
        />
      }
    />
  );
}
