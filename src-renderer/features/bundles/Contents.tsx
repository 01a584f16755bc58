import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, formatSize, MiddleEllipsis, Size } from '../../ui/index.ts';
import css from './bundles.module.css';
import { type BundleFile, canLeaveOut, type Group, groupFiles } from './contents.ts';

/** What will be in the bundle, by what it is for. Data can be left out, file by file. */
export function Contents({
  files,
  leaveOut,
  onLeaveOut,
}: {
  readonly files: readonly BundleFile[];
  readonly leaveOut: ReadonlySet<string>;
  readonly onLeaveOut: (paths: ReadonlySet<string>) => void;
}) {
  return (
    <div className={css.groups}>
      {groupFiles(files).map((group) => (
        <FileGroup key={group.role} group={group} leaveOut={leaveOut} onLeaveOut={onLeaveOut} />
      ))}
    </div>
  );
}

const firstFiles = 100;

function FileGroup({
  group,
  leaveOut,
  onLeaveOut,
}: {
  group: Group;
  leaveOut: ReadonlySet<string>;
  onLeaveOut: (paths: ReadonlySet<string>) => void;
}) {
  const { t } = useTranslation('bundles');
  const [limit, setLimit] = useState(firstFiles);
  const optional = group.files.filter(canLeaveOut);
  const kept = optional.filter((file) => !leaveOut.has(file.path)).length;
  const set = (paths: readonly string[], include: boolean): void => {
    const next = new Set(leaveOut);
    for (const path of paths) {
      if (include) next.delete(path);
      else next.add(path);
    }
    onLeaveOut(next);
  };
  return (
    <details className={css.group} open={optional.length > 0}>
      <summary className={css.groupHead}>
        <span className={css.groupName}>{t(`role.${group.role}`)}</span>
        <span className={css.dim}>
          {t('files', { count: group.files.length })}
          {group.bytes > 0 && `, ${formatSize(group.bytes)}`}
        </span>
      </summary>
      {optional.length > 1 && (
        <Checkbox
          className={css.all}
          label={t('includeAll')}
          checked={kept === optional.length}
          indeterminate={kept > 0 && kept < optional.length}
          onChange={() =>
            set(
              optional.map((file) => file.path),
              kept < optional.length,
            )
          }
        />
      )}
      <ul className={css.fileList}>
        {group.files.slice(0, limit).map((file) => (
          <li key={file.path} className={css.fileRow}>
            {canLeaveOut(file) ? (
              <Checkbox
                aria-label={t('include', { path: file.path })}
                checked={!leaveOut.has(file.path)}
                onChange={(event) => set([file.path], event.currentTarget.checked)}
              />
            ) : (
              <span className={css.noBox} />
            )}
            <MiddleEllipsis text={file.path} max={80} mono />
            {!file.available && (
              <Badge tone="warn" shape="!" title={t('notAvailableHint')}>
                {t('notAvailable')}
              </Badge>
            )}
            {leaveOut.has(file.path) && (
              <Badge tone="dim" shape="−">
                {t('leftOut')}
              </Badge>
            )}
            <span className={css.fileSize}>
              {file.size === null ? '' : <Size bytes={file.size} />}
            </span>
          </li>
        ))}
      </ul>
      {group.files.length > limit && (
        <Button variant="subtle" onClick={() => setLimit(limit * 10)}>
          {t('moreFiles', { count: group.files.length - limit })}
        </Button>
      )}
    </details>
  );
}
