import { Button, Select } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { type DiffSummary, topics, useOperation } from '../../../client/index.ts';
import { MiddleEllipsis } from '../../../ui/index.ts';
import type { ModelDiffProps } from '../ModelsTab.tsx';
import type { ComparePlace } from '../parts.ts';
import { ContentDiff } from './ContentDiff.tsx';
import css from './content.module.css';

export interface TrackedContentProps {
  readonly summary: DiffSummary;
  readonly place: ComparePlace;
  readonly show: (change: Partial<ComparePlace>, replace?: boolean) => void;
  /** Opens the file before or after this one; returns whether there was one. */
  readonly onBeyond: (way: 1 | -1) => boolean;
  readonly ModelDiff: ComponentType<ModelDiffProps>;
}

/** What was pressed to come here is gone; the keys go on from the way back. */
function takeLostFocus(back: HTMLButtonElement | null): void {
  if (document.activeElement === document.body) back?.focus({ preventScroll: true });
}

/** One file of both sides, or a file of one with another file of the other. */
export function TrackedContent({ summary, place, show, onBeyond, ModelDiff }: TrackedContentProps) {
  const { t } = useTranslation('contents');
  const { left, right } = summary;
  const path = place.file ?? '';
  const other = place.other ?? path;
  return (
    <ContentDiff
      key={`${path}\n${other}`}
      left={{ kind: 'tracked', reference: left.reference, path }}
      right={{ kind: 'tracked', reference: right.reference, path: other }}
      as={place.as}
      onAs={(as) => show({ as }, true)}
      ModelDiff={ModelDiff}
      onBeyond={onBeyond}
    >
      <Button
        ref={takeLostFocus}
        variant="subtle"
        leftSection={<IconArrowLeft size={14} />}
        onClick={() => show({ file: null, other: null, as: null })}
      >
        {t('backToData')}
      </Button>
      <MiddleEllipsis text={path} max={60} mono />
      <span aria-hidden>→</span>
      <OtherPicker summary={summary} place={place} show={show} />
    </ContentDiff>
  );
}

/** Any file that a side has; what it is compared with can be chosen next. */
export function AnyFile({ summary, show }: Pick<TrackedContentProps, 'summary' | 'show'>) {
  const { t } = useTranslation('contents');
  const left = useFiles(summary.left.reference);
  const right = useFiles(summary.right.reference);
  return (
    <FileSelect
      label={t('anyFile')}
      files={[...new Set([...left, ...right])]}
      onChange={(file) => file !== null && show({ file, other: null, as: null })}
    />
  );
}

/** The other side's file, where it has another name there. */
function OtherPicker({
  summary,
  place,
  show,
}: Omit<TrackedContentProps, 'ModelDiff' | 'onBeyond'>) {
  const { t } = useTranslation('contents');
  const files = useFiles(summary.right.reference);
  return (
    <FileSelect
      label={t('otherFile')}
      files={files}
      value={place.other ?? place.file}
      onChange={(other) => show({ other: other === place.file ? null : other, as: null }, true)}
    />
  );
}

function useFiles(reference: string): string[] {
  const files = useOperation(
    'diff.files',
    { side: { kind: 'tracked', reference } },
    { topics: [topics.workspace, topics.runs] },
  );
  return files.data?.files.map((file) => file.path) ?? [];
}

function FileSelect({
  label,
  files,
  value = null,
  onChange,
}: {
  readonly label: string;
  readonly files: readonly string[];
  readonly value?: string | null;
  readonly onChange: (file: string | null) => void;
}) {
  const { t } = useTranslation('contents');
  return (
    <Select
      className={css.fileSelect}
      aria-label={label}
      placeholder={label}
      searchable
      limit={200}
      nothingFoundMessage={t('noSuchFile')}
      data={[...files]}
      value={value}
      onChange={onChange}
    />
  );
}
