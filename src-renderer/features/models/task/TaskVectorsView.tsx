import { ActionIcon, Button } from '@mantine/core';
import { IconArrowsSplit, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { possibleModelExtensions } from '../../../client/index.ts';
import { to, useGo, useRoute } from '../../../state/index.ts';
import { EmptyState, PathField } from '../../../ui/index.ts';
import { numbered } from './numbered.ts';
import { TaskVectors } from './TaskVectors.tsx';
import css from './task.module.css';

/** As many as the core compares. */
const mostModels = 8;

/** Models with the one that they were made from: what each added to it, and how these agree. */
export function TaskVectorsView() {
  const { t } = useTranslation('models');
  const { query } = useRoute();
  const base = query.base ?? '';
  const models = Array.from({ length: mostModels }, (_, at) => query[`m${at + 1}`] ?? '').filter(
    (path) => path !== '',
  );
  const key = JSON.stringify([base, models]);
  return (
    <>
      <Pickers key={`pick ${key}`} base={base} models={models} />
      {base === '' || models.length < 2 ? (
        <EmptyState icon={<IconArrowsSplit size={28} stroke={1.5} />} title={t('task.emptyTitle')}>
          {t('task.emptyText')}
        </EmptyState>
      ) : (
        <TaskVectors
          key={key}
          input={{
            base: { kind: 'file', path: base },
            models: models.map((path) => ({ kind: 'file', path })),
          }}
        />
      )}
    </>
  );
}

function Pickers({ base, models }: { readonly base: string; readonly models: readonly string[] }) {
  const { t } = useTranslation('models');
  const go = useGo();
  const [typed, setTyped] = useState({
    base,
    models: [...models, '', ''].slice(0, Math.max(2, models.length)),
  });
  const named = typed.models.map((path) => path.trim()).filter((path) => path !== '');
  const isReady = typed.base.trim() !== '' && named.length >= 2;
  return (
    <form
      className={css.pickers}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady) return;
        const paths = named.map((path, at) => [`m${at + 1}`, path] as const);
        go(to('models', ['base'], { base: typed.base.trim(), ...Object.fromEntries(paths) }));
      }}
    >
      <div className={css.model}>
        <PathField
          label={t('task.base')}
          kind="file"
          extensions={possibleModelExtensions}
          placeholder={t('placeholder')}
          value={typed.base}
          onChange={(path) => setTyped({ ...typed, base: path })}
        />
      </div>
      {numbered(typed.models).map(({ key, number, at, item: path }) => (
        <div key={key} className={css.model}>
          <PathField
            label={t('task.modelAt', { at: number })}
            kind="file"
            extensions={possibleModelExtensions}
            placeholder={t('placeholder')}
            value={path}
            onChange={(next) => setTyped({ ...typed, models: typed.models.with(at, next) })}
          />
          {typed.models.length > 2 && (
            <ActionIcon
              aria-label={t('task.remove', { at: number })}
              title={t('task.remove', { at: number })}
              onClick={() => setTyped({ ...typed, models: typed.models.toSpliced(at, 1) })}
            >
              <IconX size={14} />
            </ActionIcon>
          )}
        </div>
      ))}
      <div className={css.submit}>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={typed.models.length >= mostModels}
          onClick={() => setTyped({ ...typed, models: [...typed.models, ''] })}
        >
          {t('task.add')}
        </Button>
        <Button type="submit" variant="filled" disabled={!isReady}>
          {t('compare')}
        </Button>
      </div>
    </form>
  );
}
