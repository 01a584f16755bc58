import { TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FileSource, type Output, topics, useOperation } from '../../../client/index.ts';
import { localized } from '../../../i18n/index.ts';
import {
  type AppColumn,
  AppTable,
  formatNumber,
  MiddleEllipsis,
  QueryView,
  Size,
} from '../../../ui/index.ts';
import css from './files.module.css';

type Model = Output<'files.tensors'>;
type Tensor = Model['tensors'][number];

/** What is in a model file, by its header: nothing of it is run. */
export function ModelTensors({ source }: { readonly source: FileSource }) {
  const query = useOperation('files.tensors', { source }, { topics: [topics.runs] });
  return <QueryView query={query}>{(model) => <Tensors model={model} />}</QueryView>;
}

function Tensors({ model }: { readonly model: Model }) {
  const { t } = useTranslation(['files', 'models', 'common']);
  const [text, setText] = useState('');
  const rows = useMemo(
    () => model.tensors.filter((one) => one.name.toLowerCase().includes(text.toLowerCase())),
    [model, text],
  );
  const values = model.tensors.reduce((sum, one) => sum + one.elements, 0);
  const columns = useMemo(
    (): readonly AppColumn<Tensor>[] => [
      {
        id: 'name',
        header: t('tensor'),
        width: 380,
        value: (one) => one.name,
        cell: (one) => <MiddleEllipsis text={one.name} max={52} mono />,
      },
      { id: 'dtype', header: t('dtype'), width: 80, value: (one) => one.dtype },
      { id: 'shape', header: t('shape'), width: 150, value: (one) => one.shape.join(' × ') },
      {
        id: 'elements',
        header: t('values'),
        width: 110,
        align: 'end',
        value: (one) => one.elements,
      },
      {
        id: 'bytes',
        header: t('common:size'),
        width: 90,
        align: 'end',
        value: (one) => one.bytes,
        cell: (one) => <Size bytes={one.bytes} />,
      },
    ],
    [t],
  );
  return (
    <div className={css.filled}>
      <div className={css.tools}>
        <span className={css.facts}>
          {model.format} · {t(`models:badge.${model.badge}`)} ·{' '}
          {t('models:tensors', { count: model.tensors.length + model.moreTensors })} ·{' '}
          {t('models:parameters', { amount: formatNumber(values) })}
        </span>
        <TextInput
          aria-label={t('findTensor')}
          placeholder={t('findTensor')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      {[...model.findings, ...model.notes].slice(0, 6).map((sentence) => (
        <p key={sentence} className={css.note}>
          {localized(sentence)}
        </p>
      ))}
      <div className={css.table}>
        <AppTable label={t('tensors')} rows={rows} columns={columns} rowKey={(one) => one.name} />
      </div>
    </div>
  );
}
