import { Select } from '@mantine/core';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input } from '../../client/index.ts';
import { EmptyState } from '../../ui/index.ts';
import type { TabProps } from './CompareView.tsx';
import css from './compare.module.css';

type ModelSource = Input<'diff.model'>['left'];

export interface ModelDiffProps {
  readonly left: ModelSource;
  readonly right: ModelSource;
}

/** The model files that both sides have, one of them compared tensor by tensor. */
export function ModelsTab({
  summary,
  place,
  show,
  ModelDiff,
}: TabProps & { readonly ModelDiff: ComponentType<ModelDiffProps> }) {
  const { t } = useTranslation('compare');
  const { left, right } = summary;
  const models = summary.data.filter((item) => item.kind === 'model');
  const first = models.find((item) => item.change !== 'same') ?? models[0];
  const model = models.find((item) => item.path === place.file) ?? first;
  if (model === undefined) {
    return (
      <div className={css.emptyTab}>
        <EmptyState title={t('none.models')}>{t('none.modelsText')}</EmptyState>
      </div>
    );
  }
  return (
    <div className={css.models}>
      {models.length > 1 && (
        <Select
          className={css.modelPick}
          label={t('model')}
          allowDeselect={false}
          value={model.path}
          data={models.map((item) => item.path)}
          onChange={(file) => show({ file }, true)}
        />
      )}
      <ModelDiff
        key={model.path}
        left={{ kind: 'tracked', reference: left.reference, path: model.left?.path ?? model.path }}
        right={{
          kind: 'tracked',
          reference: right.reference,
          path: model.right?.path ?? model.path,
        }}
      />
    </div>
  );
}
