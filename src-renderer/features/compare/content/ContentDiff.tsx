import { SegmentedControl } from '@mantine/core';
import { IconEqual, IconFileDiff } from '@tabler/icons-react';
import { type ComponentType, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type ContentDiff as Answer,
  type ContentKind,
  type ContentSource,
  topics,
  useOperation,
} from '../../../client/index.ts';
import { localized } from '../../../i18n/index.ts';
import { EmptyState, ErrorState, formatSize } from '../../../ui/index.ts';
import { TextDiff, useChangeKeys } from '../../../ui/text-diff/index.ts';
import compare from '../compare.module.css';
import type { ModelDiffProps } from '../ModelsTab.tsx';
import { Waiting } from '../Waiting.tsx';
import css from './content.module.css';
import { ImageDiff } from './image/ImageDiff.tsx';
import { NotebookDiff } from './notebook/NotebookDiff.tsx';
import { SettingsDiff } from './SettingsDiff.tsx';
import { TableDiff } from './table/TableDiff.tsx';

export interface ContentDiffProps {
  readonly left: ContentSource;
  readonly right: ContentSource;
  /** Null for the best way there is. */
  readonly as: ContentKind | null;
  readonly onAs: (kind: ContentKind) => void;
  readonly ModelDiff: ComponentType<ModelDiffProps>;
  /** There are no more changes that way; n and p go to the files before and after with it. */
  readonly onBeyond?: ((way: 1 | -1) => boolean) | undefined;
  /** What stands before the kinds, such as the way back. */
  readonly children?: ReactNode;
}

/** What goes from change to change within itself. */
const stepping: ReadonlySet<ContentKind> = new Set(['notebook', 'text']);

/** Two files by what is in them, in the viewer of their kind; another kind can be chosen. */
export function ContentDiff({
  left,
  right,
  as,
  onAs,
  ModelDiff,
  onBeyond,
  children,
}: ContentDiffProps) {
  const { t } = useTranslation('contents');
  const [stopped, setStopped] = useState(false);
  const query = useOperation(
    'diff.content',
    { left, right, as },
    { topics: [topics.workspace, topics.runs], enabled: !stopped },
  );
  const { data } = query;
  const choices = data?.kinds.filter((kind) => kind !== 'other') ?? [];
  return (
    <div className={css.content}>
      <div className={css.contentHead}>
        {children}
        {data !== undefined && (
          <>
            {choices.length > 1 && (
              <SegmentedControl
                aria-label={t('compareAs')}
                value={data.body.kind}
                onChange={(kind) => onAs(kind as ContentKind)}
                data={choices.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
              />
            )}
            <span className={compare.dim}>{sizes(data)}</span>
          </>
        )}
      </div>
      {data !== undefined ? (
        <Found data={data} left={left} right={right} ModelDiff={ModelDiff} onBeyond={onBeyond} />
      ) : query.error !== null ? (
        <ErrorState error={query.error} onRetry={query.reload} />
      ) : (
        <Waiting
          label={t('reading')}
          item={query.item}
          stopped={stopped}
          onStop={() => setStopped(true)}
          onResume={() => setStopped(false)}
        />
      )}
    </div>
  );
}

type FoundProps = Pick<ContentDiffProps, 'left' | 'right' | 'ModelDiff' | 'onBeyond'> & {
  readonly data: Answer;
};

function Found(props: FoundProps) {
  const { t } = useTranslation('contents');
  const { data, onBeyond } = props;
  const steps = stepping.has(data.body.kind) && !data.identical;
  return (
    <>
      {data.notes.map((note) => (
        <p key={note} className={css.note}>
          {localized(note)}
        </p>
      ))}
      {onBeyond !== undefined && !steps && <BeyondKeys onBeyond={onBeyond} />}
      {data.identical ? (
        <EmptyState icon={<IconEqual size={28} stroke={1.5} />} title={t('identical')}>
          {t('identicalText')}
        </EmptyState>
      ) : (
        <Body {...props} />
      )}
    </>
  );
}

function Body({ data, left, right, ModelDiff, onBeyond }: FoundProps) {
  const { t } = useTranslation('contents');
  const { body } = data;
  const titles = { left: data.left.title, right: data.right.title };
  switch (body.kind) {
    case 'notebook':
      return <NotebookDiff body={body} sources={{ left, right }} onBeyond={onBeyond} />;
    case 'settings':
      return <SettingsDiff body={body} />;
    case 'text':
      return (
        <TextDiff
          left={body.left}
          right={body.right}
          path={data.right.path}
          titles={titles}
          onBeyond={onBeyond}
        />
      );
    case 'image':
      return (
        <ImageDiff
          left={body.left === null ? null : left}
          right={body.right === null ? null : right}
          titles={titles}
        />
      );
    case 'table':
      return <TableDiff left={left} right={right} />;
    case 'model':
      if (left.kind !== 'bundle' && right.kind !== 'bundle') {
        return <ModelDiff left={left} right={right} />;
      }
      return <EmptyState title={t('modelInBundle')}>{t('modelInBundleText')}</EmptyState>;
    default:
      return (
        <EmptyState icon={<IconFileDiff size={28} stroke={1.5} />} title={t('differ')}>
          {t('differText')}
        </EmptyState>
      );
  }
}

/** n and p, for what is one change from edge to edge. */
function BeyondKeys({ onBeyond }: { readonly onBeyond: (way: 1 | -1) => boolean }) {
  useChangeKeys(onBeyond);
  return null;
}

function sizes({ left, right }: Answer): string {
  const size = (bytes: number | null) => (bytes === null ? '–' : formatSize(bytes));
  return `${size(left.sizeBytes)} → ${size(right.sizeBytes)}`;
}
