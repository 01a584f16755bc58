import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Output, useOperation } from '../../../client/index.ts';
import { localized } from '../../../i18n/index.ts';
import { CodeView, EmptyState, ErrorState, Skeletons, Spacer } from '../../../ui/index.ts';
import { TextDiff } from '../../../ui/text-diff/index.ts';
import type { ModelSide, ModelSource } from '../use-model-diff.ts';
import css from './parts.module.css';

/** The source texts that TorchScript files carry, to be read and compared; never run. */
export default function CodePart({
  left,
  right,
  sides,
}: {
  readonly left: ModelSource;
  readonly right: ModelSource | null;
  readonly sides: readonly ModelSide[];
}) {
  const { t } = useTranslation('models');
  const query = useOperation('diff.modelCode', { left, right });
  if (query.error !== null) return <ErrorState error={query.error} onRetry={query.reload} />;
  if (query.data === undefined) return <Skeletons rows={8} />;
  const { files, notes } = query.data;
  const [from, to = from] = sides.map(({ title }) => title);
  return (
    <section className={css.part} aria-label={t('part.code')}>
      {notes.map((note) => (
        <p key={note} className={css.note}>
          {localized(note)}
        </p>
      ))}
      {files.length === 0 ? (
        <EmptyState title={t('code.none')} />
      ) : (
        <Files
          files={files}
          single={right === null}
          titles={{ left: from ?? '', right: to ?? '' }}
        />
      )}
    </section>
  );
}

function Files({
  files,
  single,
  titles,
}: {
  readonly files: Output<'diff.modelCode'>['files'];
  readonly single: boolean;
  readonly titles: { readonly left: string; readonly right: string };
}) {
  const { t } = useTranslation('models');
  const { t: common } = useTranslation();
  const [name, setName] = useState<string | null>(null);
  const first = files.find(({ change }) => change !== 'same') ?? files[0];
  const file = files.find((one) => one.name === name) ?? first;
  if (file === undefined) return null;
  const differing = files.filter(({ change }) => change !== 'same').length;
  const picker = (
    <>
      <Select
        className={css.filePick}
        aria-label={t('code.file')}
        allowDeselect={false}
        searchable
        value={file.name}
        data={files.map((one) => ({
          value: one.name,
          label: single ? one.name : `${one.name} · ${common(`change.${one.change}`)}`,
        }))}
        onChange={setName}
      />
      <span className={css.dim}>
        {single
          ? t('code.files', { count: files.length })
          : t('code.differ', { amount: differing, total: files.length })}
      </span>
    </>
  );
  const text = file.right ?? file.left ?? '';
  if (single || file.change === 'same') {
    return (
      <>
        <div className={css.tools}>
          {picker}
          <Spacer />
        </div>
        <div className={css.code}>
          <CodeView key={file.name} text={text} path={file.name} wrap={false} />
        </div>
      </>
    );
  }
  return (
    <div className={css.code}>
      <TextDiff left={file.left} right={file.right} path={file.name} titles={titles}>
        {picker}
      </TextDiff>
    </div>
  );
}
