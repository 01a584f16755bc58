import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileChange } from '../../../client/index.ts';
import { ChangeMark, MiddleEllipsis, useListKeys } from '../../../ui/index.ts';
import css from '../compare.module.css';

export interface FileListProps {
  readonly files: readonly FileChange[];
  /** Before the filter. */
  readonly total: number;
  readonly active: string;
  readonly onActive: (path: string) => void;
}

/** Changed files with how many lines came and went. One stop for Tab; the arrow keys move. */
export function FileList({ files, total, active, onActive }: FileListProps) {
  const { t } = useTranslation('compare');
  const { t: common } = useTranslation();
  const list = useListKeys({
    keys: files.map((file) => file.path),
    active,
    onActive,
    onOpen: onActive,
    selected: [],
    onSelect: undefined,
    onKey: () => false,
  });
  const current = useRef<HTMLDivElement>(null);
  // Whoever came by an address, or by n and p, sees in the list where they are.
  useEffect(() => {
    if (active !== '') current.current?.scrollIntoView?.({ block: 'nearest' });
  }, [active]);
  const added = files.reduce((sum, file) => sum + file.added, 0);
  const removed = files.reduce((sum, file) => sum + file.removed, 0);
  return (
    <div className={css.fileList}>
      <div className={css.fileListHead}>
        <span className={css.dim}>{common('showing', { shown: files.length, total })}</span>
        <LineCounts added={added} removed={removed} />
      </div>
      <div
        role="listbox"
        className={css.files}
        aria-label={t('fileList')}
        aria-activedescendant={fileId(active)}
        tabIndex={0}
        onKeyDown={list.onKeyDown}
      >
        {files.map((file) => (
          <div
            key={file.path}
            ref={file.path === active ? current : undefined}
            id={fileId(file.path)}
            role="option"
            tabIndex={-1}
            aria-selected={file.path === active}
            className={css.file}
            onClick={() => onActive(file.path)}
            onKeyDown={list.onKeyDown}
          >
            <ChangeMark change={file.change} compact />
            <span className={css.fileName}>
              <MiddleEllipsis text={file.path} max={44} mono />
              {file.from !== null && file.from !== file.path && (
                <span className={css.fileFrom} title={file.from}>
                  ← {file.from}
                </span>
              )}
            </span>
            {file.binary ? (
              <span className={css.dim}>{t('binary')}</span>
            ) : (
              <LineCounts added={file.added} removed={file.removed} />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

function fileId(path: string): string {
  return `file-${encodeURIComponent(path)}`;
}

/** How many lines came and went. */
export function LineCounts({ added, removed }: Pick<FileChange, 'added' | 'removed'>) {
  const { t } = useTranslation('compare');
  return (
    <span className={css.lines}>
      <span className={css.hidden}>{t('lines', { added, removed })}</span>
      <span aria-hidden data-tone="good">
        {added > 0 ? `+${added}` : ''}
      </span>
      <span aria-hidden data-tone="bad">
        {removed > 0 ? `−${removed}` : ''}
      </span>
    </span>
  );
}
