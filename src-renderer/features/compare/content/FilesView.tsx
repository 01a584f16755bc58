import { Button, Select } from '@mantine/core';
import { IconArrowsLeftRight, IconFileDiff } from '@tabler/icons-react';
import { type ComponentType, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isBundlePath, useOperation } from '../../../client/index.ts';
import { useGo } from '../../../state/index.ts';
import { EmptyState, ErrorState, Page, PathField } from '../../../ui/index.ts';
import type { ModelDiffProps } from '../ModelsTab.tsx';
import { ContentDiff } from './ContentDiff.tsx';
import css from './content.module.css';
import { type FilesPlace, readSource, writeFilesPlace, writeSource } from './sources.ts';

export interface FilesViewProps {
  readonly place: FilesPlace;
  readonly ModelDiff: ComponentType<ModelDiffProps>;
}

/** Any two files of this machine, or inside bundles, each kind in its own viewer. */
export function FilesView({ place, ModelDiff }: FilesViewProps) {
  const { t } = useTranslation('contents');
  const { t: compare } = useTranslation('compare');
  const go = useGo();
  const [typed, setTyped] = useState(place);
  const ready = place.left !== '' && place.right !== '';
  const complete = isComplete(typed.left) && isComplete(typed.right);
  const swap = (): void => {
    const turned = { ...typed, left: typed.right, right: typed.left };
    setTyped(turned);
    if (ready) go(writeFilesPlace(turned));
  };
  return (
    <Page title={t('filesTitle')} hint={t('filesHint')} scroll={false}>
      <form
        className={css.pickers}
        onSubmit={(event) => {
          event.preventDefault();
          go(writeFilesPlace({ left: typed.left.trim(), right: typed.right.trim(), as: null }));
        }}
      >
        <FilePicker
          label={compare('from')}
          value={typed.left}
          onChange={(left) => setTyped({ ...typed, left })}
        />
        <Button
          variant="subtle"
          aria-label={compare('swap')}
          title={compare('swap')}
          onClick={swap}
        >
          <IconArrowsLeftRight size={16} />
        </Button>
        <FilePicker
          label={compare('to')}
          value={typed.right}
          onChange={(right) => setTyped({ ...typed, right })}
        />
        <Button type="submit" variant="filled" disabled={!complete}>
          {t('compareFiles')}
        </Button>
      </form>
      {ready ? (
        <ContentDiff
          key={`${place.left}\n${place.right}`}
          left={readSource(place.left)}
          right={readSource(place.right)}
          as={place.as}
          onAs={(as) => go(writeFilesPlace({ ...place, as }), true)}
          ModelDiff={ModelDiff}
        />
      ) : (
        <EmptyState
          icon={<IconFileDiff size={28} stroke={1.5} />}
          title={t('filesStart')}
          actions={
            <Button onClick={() => go({ view: 'compare', parts: [], query: {} })}>
              {t('compareSides')}
            </Button>
          }
        >
          {t('filesStartText')}
        </EmptyState>
      )}
    </Page>
  );
}

/** A bundle is a folder of files; one of them must be chosen. */
function isComplete(text: string): boolean {
  return text.trim() !== '' && !isBundlePath(text);
}

/** A path; where it is a bundle's, the file in it as well. */
function FilePicker({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { t } = useTranslation('contents');
  const source = readSource(value);
  const bundle =
    source.kind === 'bundle' ? source.bundle : isBundlePath(value) ? value.trim() : null;
  const files = useOperation(
    'diff.files',
    { side: { kind: 'bundle', bundle: bundle ?? '' } },
    { enabled: bundle !== null },
  );
  return (
    <div className={css.filePicker}>
      <PathField
        label={label}
        kind="file"
        placeholder={t('filePlaceholder')}
        value={bundle ?? value}
        onChange={onChange}
      />
      {bundle !== null &&
        (files.error !== null ? (
          <ErrorState error={files.error} onRetry={files.reload} />
        ) : (
          <Select
            label={t('inBundle')}
            searchable
            limit={200}
            nothingFoundMessage={t('noSuchFile')}
            data={files.data?.files.map((file) => file.path) ?? []}
            value={source.kind === 'bundle' ? source.path : null}
            onChange={(path) =>
              onChange(path === null ? bundle : writeSource({ kind: 'bundle', bundle, path }))
            }
          />
        ))}
    </div>
  );
}
