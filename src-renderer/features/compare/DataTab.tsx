import { ActionIcon, Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type ComponentType, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DataChange, DiffSummary, TrackedFile } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import {
  Absent,
  ChangeMark,
  CopyText,
  Facts,
  formatSize,
  type GrowingColumn,
  MiddleEllipsis,
} from '../../ui/index.ts';
import type { TabProps } from './CompareView.tsx';
import css from './compare.module.css';
import { AnyFile, TrackedContent } from './content/TrackedContent.tsx';
import { type DataRow, flattenData, rowKeyOf } from './data-rows.ts';
import type { ModelDiffProps } from './ModelsTab.tsx';
import { tabSeparated, visibleRows } from './rows.ts';
import { TableFrame } from './TableFrame.tsx';
import { useDirectories } from './use-directories.ts';

/** Tracked files and directories; a directory unfolds into the files that differ. */
export function DataTab({
  summary,
  place,
  filter,
  show,
  ModelDiff,
}: TabProps & { readonly ModelDiff: ComponentType<ModelDiffProps> }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => directoryOf(summary, place.file));
  const directories = useDirectories(summary, open);
  const [last, setLast] = useState(place.file);
  if (place.file !== null && place.file !== last) setLast(place.file);
  const top = visibleRows(summary.data, filter, {
    text: (row) => row.path,
    differs: (row) => row.change !== 'same',
  });
  const rows = flattenData(top, open, directories, filter);
  if (place.file !== null) {
    /** From a file to the next that differs, and back, as in the list. */
    const beyond = (way: 1 | -1): boolean => {
      const files = rows.filter(isFile);
      const at = files.findIndex((row) => row.path === place.file);
      const next = at < 0 ? undefined : files[at + way];
      if (next !== undefined) show({ file: next.path, other: null, as: null }, true);
      return next !== undefined;
    };
    return (
      <TrackedContent
        summary={summary}
        place={place}
        show={show}
        onBeyond={beyond}
        ModelDiff={ModelDiff}
      />
    );
  }
  const props = { summary, filter, show, top, rows, open, setOpen, last };
  return <DataTable {...props} />;
}

/** The tracked directory that a file lies in, unfolded. */
function directoryOf(summary: DiffSummary, file: string | null): ReadonlySet<string> {
  const inside = (path: string): boolean => file?.startsWith(`${path}/`) === true;
  const found = summary.data.find((item) => item.kind === 'directory' && inside(item.path));
  return new Set(found === undefined ? [] : [found.path]);
}

/** What the viewer of content opens: models and directories have views of their own. */
function isFile(row: DataRow): boolean {
  return row.kind === 'entry' || (row.kind === 'tracked' && row.item.kind === 'file');
}

interface DataTableProps extends Pick<TabProps, 'summary' | 'filter' | 'show'> {
  readonly top: readonly DataChange[];
  readonly rows: readonly DataRow[];
  readonly open: ReadonlySet<string>;
  readonly setOpen: (open: ReadonlySet<string>) => void;
  /** The file that was looked at before. */
  readonly last: string | null;
}

function DataTable({ summary, filter, show, top, rows, open, setOpen, last }: DataTableProps) {
  const { t } = useTranslation('compare');
  const fold = (path: string, unfold: boolean): void => {
    const next = new Set(open);
    if (unfold) next.add(path);
    else next.delete(path);
    setOpen(next);
  };
  const openFile = (file: string, model: boolean): void =>
    model ? show({ tab: 'models', file }) : show({ file, other: null, as: null });
  const columns = useColumns(open, fold, openFile);
  return (
    <TableFrame
      label={t('tab.data')}
      rows={rows}
      total={summary.data.length}
      shown={top.length}
      columns={columns}
      rowKey={rowKeyOf}
      returnTo={rows.findLast((row) => isFile(row) && row.path === last)}
      rowTone={(row) => (row.kind !== 'message' && row.change === 'same' ? 'dim' : undefined)}
      tools={<AnyFile summary={summary} show={show} />}
      filtered={filter.text !== ''}
      words={{ none: t('none.data'), same: t('same.data'), unmatched: t('unmatched') }}
      onKey={(event, row) => {
        const way = event.key === 'ArrowRight' ? true : event.key === 'ArrowLeft' ? false : null;
        if (way === null || row.kind !== 'tracked' || row.item.kind !== 'directory') return false;
        fold(row.item.path, way);
        return true;
      }}
      onOpen={(row) => {
        if (row.kind === 'message') return;
        if (row.kind === 'entry') openFile(row.path, false);
        else if (row.item.kind === 'directory') fold(row.item.path, !open.has(row.item.path));
        else openFile(row.item.path, row.item.kind === 'model');
      }}
      copy={() =>
        tabSeparated([
          [t('column.path'), t('column.change'), t('from'), t('to')],
          ...rows.flatMap((row) =>
            row.kind === 'message' ? [] : [[row.path, row.change, row.left, row.right]],
          ),
        ])
      }
      detail={(row) =>
        row.kind === 'tracked' ? <Hashes left={row.item.left} right={row.item.right} /> : null
      }
    />
  );
}

function useColumns(
  open: ReadonlySet<string>,
  fold: (path: string, unfold: boolean) => void,
  onFile: (path: string, model: boolean) => void,
): GrowingColumn<DataRow>[] {
  const { t } = useTranslation('compare');
  return [
    {
      id: 'path',
      header: t('column.path'),
      width: 320,
      grow: 3,
      cell: (row) => (
        <PathCell
          row={row}
          open={row.kind === 'tracked' && open.has(row.item.path)}
          onFold={(unfold) => row.kind === 'tracked' && fold(row.item.path, unfold)}
        />
      ),
    },
    {
      id: 'change',
      header: t('column.change'),
      width: 110,
      cell: (row) => (row.kind === 'message' ? null : <ChangeMark change={row.change} />),
    },
    {
      id: 'left',
      header: t('from'),
      width: 150,
      grow: 1,
      align: 'end',
      cell: (row) => <SideCell row={row} side="left" />,
    },
    {
      id: 'right',
      header: t('to'),
      width: 150,
      grow: 1,
      align: 'end',
      cell: (row) => <SideCell row={row} side="right" />,
    },
    {
      id: 'action',
      header: t('column.open'),
      width: 170,
      cell: (row) => {
        if (row.kind === 'message') return null;
        if (row.kind === 'tracked' && row.item.kind === 'directory') return null;
        const model = row.kind === 'tracked' && row.item.kind === 'model';
        return (
          <Button
            size="compact-xs"
            variant={model ? 'light' : 'subtle'}
            onClick={() => onFile(row.path, model)}
          >
            {t(model ? 'compareTensors' : 'compareContent')}
          </Button>
        );
      },
    },
  ];
}

function PathCell({
  row,
  open,
  onFold,
}: {
  row: DataRow;
  open: boolean;
  onFold: (unfold: boolean) => void;
}) {
  const { t } = useTranslation();
  if (row.kind === 'message') return <MessageCell row={row} />;
  const directory = row.kind === 'tracked' && row.item.kind === 'directory';
  return (
    <span className={css.pathCell} data-nested={row.kind === 'entry' || undefined}>
      {directory ? (
        <ActionIcon
          size={18}
          tabIndex={-1}
          aria-expanded={open}
          aria-label={`${t(open ? 'collapse' : 'expand')} ${row.path}`}
          onClick={() => onFold(!open)}
        >
          {open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        </ActionIcon>
      ) : (
        <span className={css.twisty} />
      )}
      <MiddleEllipsis text={row.name} max={64} mono />
    </span>
  );
}

/** What an unfolded directory has to say besides its files. */
function MessageCell({ row }: { row: Extract<DataRow, { kind: 'message' }> }) {
  const { t } = useTranslation('compare');
  const { message } = row;
  const say = (): string => {
    switch (message.kind) {
      case 'loading':
        return t('readingDirectory');
      case 'same':
        return t('directorySame');
      case 'totals':
        return t('directoryTotals', {
          added: message.added,
          removed: message.removed,
          modified: message.modified,
          same: message.same,
        });
      default:
        return localized(message.text);
    }
  };
  return (
    <span className={css.messageCell} role={message.kind === 'error' ? 'alert' : undefined}>
      {say()}
    </span>
  );
}

/** Of a tracked path how much it holds, of a file in a directory the start of its hash. */
function SideCell({ row, side }: { row: DataRow; side: 'left' | 'right' }) {
  if (row.kind === 'message') return null;
  if (row.kind === 'tracked') return <Amount file={row.item[side]} />;
  const hash = row[side];
  return hash === null ? null : (
    <code className={css.dim} title={`MD5 ${hash}`}>
      {hash.slice(0, 8)}
    </code>
  );
}

/** How much there is of a tracked file or directory. */
export function Amount({ file }: { file: TrackedFile | null }) {
  const { t } = useTranslation('compare');
  if (file === null) return <Absent label={t('notThere')} />;
  const files = file.files === null ? '' : `${t('files', { count: file.files })}, `;
  return (
    <span title={file.size === null ? undefined : `${file.size} B`}>
      {files}
      {file.size === null ? t('sizeUnknown') : formatSize(file.size)}
    </span>
  );
}

function Hashes({ left, right }: { left: TrackedFile | null; right: TrackedFile | null }) {
  const { t } = useTranslation('compare');
  const hash = (file: TrackedFile | null) =>
    file?.hash == null ? (
      <Absent label={t('notThere')} />
    ) : (
      <span className={css.hash}>
        <code>{file.hash}</code>
        <CopyText text={file.hash} />
      </span>
    );
  return (
    <div className={css.pair}>
      <Facts
        items={[
          [t('hashFrom'), hash(left)],
          [t('hashTo'), hash(right)],
        ]}
      />
    </div>
  );
}
