import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Output, topics, useCall, useOperation } from '../../client/index.ts';
import {
  AppTable,
  confirm,
  EmptyState,
  formatSize,
  type GrowingColumn,
  notify,
  notifyError,
  QueryView,
  RelativeTime,
  RunLabel,
  Spacer,
  StatusBadge,
  useCommand,
  useFilledColumns,
} from '../../ui/index.ts';
import css from './tidy.module.css';

type TrashedRun = Output<'trash.list'>['rows'][number] & {
  /** Null until it is measured. */
  readonly bytes: number | null;
};

/** More than anybody reads; what is beyond is counted, and goes when the trash is emptied. */
const shown = 1000;

/** What is in the trash, to bring back or to remove for good. */
export function Trash() {
  const trash = useOperation(
    'trash.list',
    { limit: shown },
    { topics: [topics.runs], keepPrevious: true },
  );
  return <QueryView query={trash}>{(data) => <Content {...data} />}</QueryView>;
}

/** What each run takes, which is asked for when the list is there. */
function useSizes(listed: Output<'trash.list'>['rows']): readonly TrashedRun[] {
  const ids = useMemo(() => listed.map((run) => run.id), [listed]);
  const { data } = useOperation('trash.sizes', { ids }, { enabled: ids.length > 0 });
  return useMemo(
    () => listed.map((run, at) => ({ ...run, bytes: data?.bytes[at] ?? null })),
    [listed, data],
  );
}

function Content({ rows: listed, total }: Output<'trash.list'>) {
  const rows = useSizes(listed);
  const { t } = useTranslation(['tidy', 'common']);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const restore = useCommand('trash.restore');
  const purge = usePurge();
  const selected = chosen.filter((id) => rows.some((run) => run.id === id));
  const bringBack = async (ids: readonly string[]): Promise<void> => {
    const done = await restore.run({ ids: [...ids] });
    if (done === null) return;
    setChosen([]);
    notify(t('restored', { count: done.restored.length }));
  };
  const columns = useColumns();
  const filled = useFilledColumns(columns, true);
  if (total === 0) {
    return (
      <EmptyState icon={<IconTrash size={32} stroke={1.3} />} title={t('empty')}>
        {t('emptyText')}
      </EmptyState>
    );
  }
  return (
    <div className={css.trash}>
      <div className={css.bar}>
        <span>
          {selected.length > 0
            ? t('selected', { count: selected.length })
            : rows.length < total
              ? t('common:showing', { shown: rows.length, total })
              : t('count', { count: total })}
        </span>
        <Button
          disabled={selected.length === 0}
          loading={restore.busy}
          onClick={() => void bringBack(selected)}
        >
          {t('restore')}
        </Button>
        <Button
          disabled={selected.length === 0 || purge.busy}
          onClick={() => void purge.run(selected)}
        >
          {t('purge')}
        </Button>
        <Spacer />
        <Button color="red" loading={purge.busy} onClick={() => void purge.run(null)}>
          {t('purgeAll')}
        </Button>
      </div>
      <div ref={filled.ref} className={css.table}>
        <AppTable
          label={t('trash')}
          rows={rows}
          columns={filled.columns}
          rowKey={(run) => run.id}
          selected={selected}
          onSelect={setChosen}
          onKey={(event, run) => {
            if (event.key !== 'Delete') return false;
            void purge.run(selected.length > 0 ? selected : [run.id]);
            return true;
          }}
        />
      </div>
    </div>
  );
}

/** Asks with the count and the size, and removes for good. */
function usePurge(): { busy: boolean; run(ids: readonly string[] | null): Promise<void> } {
  const { t } = useTranslation('tidy');
  const call = useCall();
  const [busy, setBusy] = useState(false);
  const run = async (chosen: readonly string[] | null): Promise<void> => {
    const ids = chosen === null ? null : [...chosen];
    setBusy(true);
    try {
      const { count, bytes } = await call('trash.measure', { ids });
      const agreed = await confirm({
        title: t('purgeTitle', { count }),
        body: t('purgeBody', { count, size: formatSize(bytes) }),
        action: t('purgeAction'),
        ...(ids === null ? { typed: t('purgeWord') } : {}),
      });
      if (!agreed) return;
      const done = await call('trash.purge', { ids });
      notify(t('purged', { count: done.purged, size: formatSize(done.bytes) }));
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, run };
}

function useColumns(): GrowingColumn<TrashedRun>[] {
  const { t } = useTranslation(['tidy', 'table']);
  return useMemo(
    () => [
      {
        id: 'run',
        header: t('table:name.run'),
        width: 260,
        grow: 2,
        value: (run) => run.label,
        cell: (run) => <RunLabel label={run.label} name={run.name} />,
      },
      {
        id: 'experiment',
        header: t('table:name.experiment'),
        width: 160,
        grow: 1,
        value: (run) => run.experimentName,
      },
      {
        id: 'status',
        header: t('table:name.status'),
        width: 120,
        value: (run) => run.status,
        cell: (run) => <StatusBadge status={run.status} />,
      },
      {
        id: 'started',
        header: t('table:name.created'),
        width: 140,
        value: (run) => run.startedAt ?? run.createdAt,
        cell: (run) => <RelativeTime at={run.startedAt ?? run.createdAt} />,
      },
      {
        id: 'trashed',
        header: t('column.trashed'),
        width: 140,
        value: (run) => run.deletedAt,
        cell: (run) => <RelativeTime at={run.deletedAt} />,
      },
      {
        id: 'size',
        header: t('column.size'),
        width: 100,
        align: 'end',
        value: (run) => run.bytes,
        cell: (run) => (run.bytes === null ? '…' : formatSize(run.bytes)),
      },
    ],
    [t],
  );
}
