import { ActionIcon, CopyButton, SegmentedControl } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { type ComponentType, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type ContentKind,
  type DiffSummary,
  type FileChange,
  topics,
  useOperation,
} from '../../../client/index.ts';
import { localized } from '../../../i18n/index.ts';
import { EmptyState, MiddleEllipsis, QueryView } from '../../../ui/index.ts';
import { TextDiff } from '../../../ui/text-diff/index.ts';
import css from '../compare.module.css';
import { ContentDiff } from '../content/ContentDiff.tsx';
import type { ModelDiffProps } from '../ModelsTab.tsx';
import { useSideName } from '../SidePicker.tsx';
import { extensionOf, viewerOf } from './viewers.ts';

export interface FileDiffProps {
  readonly summary: DiffSummary;
  readonly file: FileChange;
  /** There are no more changes that way in this file; returns whether another file was opened. */
  readonly onBeyond: (way: 1 | -1) => boolean;
  readonly ModelDiff: ComponentType<ModelDiffProps>;
}

/** Whether files of an extension were last looked at as lines; kept while the window is open. */
const asLines = new Map<string, boolean>();

/** One file of code, both sides: its lines, or what they say where its kind has a viewer. */
export function FileDiff(props: FileDiffProps) {
  const { file } = props;
  const viewer = viewerOf(file.path);
  const extension = extensionOf(file.path);
  const [lines, setLines] = useState(
    () => !file.binary && (asLines.get(extension) ?? viewer !== 'notebook'),
  );
  const change = (next: boolean): void => {
    asLines.set(extension, next);
    setLines(next);
  };
  return (
    <div className={css.fileDiff}>
      {lines ? (
        <Lines {...props} viewer={viewer} onContent={() => change(false)} />
      ) : (
        <Content {...props} onLines={() => change(true)} />
      )}
    </div>
  );
}

function FileName({ path }: { readonly path: string }) {
  const { t } = useTranslation('compare');
  return (
    <>
      <span className={css.diffName}>
        <MiddleEllipsis text={path} max={60} mono />
      </span>
      <CopyButton value={path} timeout={1500}>
        {({ copied, copy }) => (
          <ActionIcon aria-label={t('copyPath')} title={t('copyPath')} onClick={copy}>
            {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          </ActionIcon>
        )}
      </CopyButton>
    </>
  );
}

function Lines({
  summary,
  file,
  onBeyond,
  viewer,
  onContent,
}: FileDiffProps & {
  readonly viewer: ContentKind | null;
  readonly onContent: () => void;
}) {
  const { t } = useTranslation('contents');
  const nameOf = useSideName();
  const { left, right } = summary;
  const query = useOperation(
    'diff.file',
    { left: left.reference, right: right.reference, path: file.path, from: file.from },
    { topics: [topics.workspace] },
  );
  return (
    <QueryView query={query}>
      {(texts) =>
        texts.left === null && texts.right === null ? (
          <EmptyState title={file.path}>{texts.note !== null && localized(texts.note)}</EmptyState>
        ) : (
          <TextDiff
            left={texts.left}
            right={texts.right}
            path={file.path}
            from={file.from}
            titles={{ left: nameOf(left), right: nameOf(right) }}
            onBeyond={onBeyond}
          >
            <FileName path={file.path} />
            {viewer !== null && (
              <SegmentedControl
                aria-label={t('compareAs')}
                value="text"
                onChange={onContent}
                data={[viewer, 'text' as const].map((value) => ({
                  value,
                  label: t(`kind.${value}`),
                }))}
              />
            )}
          </TextDiff>
        )
      }
    </QueryView>
  );
}

function Content({
  summary,
  file,
  onBeyond,
  ModelDiff,
  onLines,
}: FileDiffProps & { readonly onLines: () => void }) {
  const [kind, setKind] = useState<ContentKind | null>(null);
  const { left, right } = summary;
  return (
    <ContentDiff
      left={{ kind: 'tracked', reference: left.reference, path: file.from ?? file.path }}
      right={{ kind: 'tracked', reference: right.reference, path: file.path }}
      as={kind}
      onAs={(next) => (next === 'text' ? onLines() : setKind(next))}
      onBeyond={onBeyond}
      ModelDiff={ModelDiff}
    >
      <FileName path={file.path} />
    </ContentDiff>
  );
}
