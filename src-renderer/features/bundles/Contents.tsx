import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, formatSize, MiddleEllipsis, Size } from '../../ui/index.ts';
import css from './bundles.module.css';
import { type Group, groupItems, type Item } from './contents.ts';

/** What will be in the bundle, by what it is for. Tracked data can be left out. */
export function Contents({
  items,
  leaveOut,
  onLeaveOut,
}: {
  readonly items: readonly Item[];
  readonly leaveOut: ReadonlySet<string>;
  readonly onLeaveOut: (paths: ReadonlySet<string>) => void;
}) {
  return (
    <div className={css.groups}>
      {groupItems(items).map((group) => (
        <ItemGroup key={group.role} group={group} leaveOut={leaveOut} onLeaveOut={onLeaveOut} />
      ))}
    </div>
  );
}

const firstItems = 100;

function ItemGroup({
  group,
  leaveOut,
  onLeaveOut,
}: {
  group: Group;
  leaveOut: ReadonlySet<string>;
  onLeaveOut: (paths: ReadonlySet<string>) => void;
}) {
  const { t } = useTranslation('bundles');
  const [limit, setLimit] = useState(firstItems);
  const optional = group.items.filter((item) => item.optional);
  const kept = optional.filter((item) => !leaveOut.has(item.path)).length;
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
          {group.bytes > 0
            ? t('filesSize', {
                files: t('files', { count: group.files }),
                size: formatSize(group.bytes),
              })
            : t('files', { count: group.files })}
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
              optional.map((item) => item.path),
              kept < optional.length,
            )
          }
        />
      )}
      <ul className={css.fileList}>
        {group.items.slice(0, limit).map((item) => (
          <ItemRow
            key={item.path}
            item={item}
            included={!leaveOut.has(item.path)}
            onInclude={(include) => set([item.path], include)}
          />
        ))}
      </ul>
      {group.items.length > limit && (
        <Button variant="subtle" onClick={() => setLimit(limit * 10)}>
          {t('moreFiles', { count: group.items.length - limit })}
        </Button>
      )}
    </details>
  );
}

function ItemRow({
  item,
  included,
  onInclude,
}: {
  item: Item;
  included: boolean;
  onInclude: (include: boolean) => void;
}) {
  const { t } = useTranslation('bundles');
  return (
    <li className={css.fileRow}>
      {item.optional ? (
        <Checkbox
          aria-label={t('include', { path: item.path })}
          checked={included}
          onChange={(event) => onInclude(event.currentTarget.checked)}
        />
      ) : (
        <span className={css.noBox} />
      )}
      <MiddleEllipsis text={item.path} max={80} mono />
      {!item.available && (
        <Badge tone="warn" shape="!" title={t('notAvailableHint')}>
          {t('notAvailable')}
        </Badge>
      )}
      {item.optional && !included && (
        <Badge tone="dim" shape="−">
          {t('leftOut')}
        </Badge>
      )}
      <span className={css.fileSize}>
        {item.files > 1 && t('files', { count: item.files })}
        {item.files > 1 && item.bytes !== null && ' · '}
        {item.bytes === null ? '' : <Size bytes={item.bytes} />}
      </span>
    </li>
  );
}
