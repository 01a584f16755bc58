import { Button, SegmentedControl } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { possibleModelExtensions } from '../../client/index.ts';
import { type Route, to, useGo, useRoute } from '../../state/index.ts';
import { Page, PathField } from '../../ui/index.ts';
import { KnownModels } from './KnownModels.tsx';
import { ModelDiff, ModelLook } from './ModelDiff.tsx';
import css from './models.module.css';
import { SeriesView } from './SeriesView.tsx';
import { TaskVectorsView } from './task/TaskVectorsView.tsx';
import type { SeriesSource } from './use-series.ts';

const hints = { pair: 'hintText', base: 'task.hintText', series: 'series.hint' } as const;

/** Any two model files, with a quick way to the ones of this folder; or a series of checkpoints. */
export function ModelsView() {
  const { t } = useTranslation('models');
  const route = useRoute();
  const go = useGo();
  const { left = '', right = '' } = route.query;
  const [kind] = route.parts;
  const what = kind === 'series' || kind === 'base' ? kind : 'pair';
  return (
    <Page
      title={t('title')}
      hint={t(hints[what])}
      scroll={false}
      actions={
        <SegmentedControl
          aria-label={t('what')}
          value={what}
          onChange={(value) => {
            // Two that were compared are likely to be those whose base is asked for.
            const models = value === 'base' && left && right ? { m1: left, m2: right } : {};
            go(to('models', value === 'pair' ? [] : [value], models));
          }}
          data={[
            { value: 'pair', label: t('pair') },
            { value: 'base', label: t('task.name') },
            { value: 'series', label: t('series.name') },
          ]}
        />
      }
    >
      {what === 'series' && <Series />}
      {what === 'base' && <TaskVectorsView />}
      {what === 'pair' && <Pair left={left} right={right} />}
    </Page>
  );
}

function Series() {
  const go = useGo();
  const { run, folder } = useRoute().query;
  const source: SeriesSource | null = run
    ? { kind: 'run', reference: run }
    : folder
      ? { kind: 'folder', path: folder }
      : null;
  return (
    <SeriesView
      key={JSON.stringify(source)}
      source={source}
      onSource={(next) =>
        go(
          to(
            'models',
            ['series'],
            next.kind === 'run' ? { run: next.reference } : { folder: next.path },
          ),
        )
      }
    />
  );
}

function Pair({ left, right }: { readonly left: string; readonly right: string }) {
  const { t } = useTranslation('models');
  const go = useGo();
  const [typed, setTyped] = useState({ left, right });
  const single = typed.right.trim() === '';
  // The address may change without these fields: back, forward, a link.
  useEffect(() => setTyped({ left, right }), [left, right]);
  return (
    <>
      <form
        className={css.pickers}
        onSubmit={(event) => {
          event.preventDefault();
          go(modelsRoute(typed.left.trim(), typed.right.trim()));
        }}
      >
        <PathField
          label={t('from')}
          kind="file"
          extensions={possibleModelExtensions}
          placeholder={t('placeholder')}
          value={typed.left}
          onChange={(path) => setTyped({ ...typed, left: path })}
        />
        <PathField
          label={t('to')}
          kind="file"
          extensions={possibleModelExtensions}
          placeholder={t('placeholder')}
          value={typed.right}
          onChange={(path) => setTyped({ ...typed, right: path })}
        />
        <Button type="submit" variant="filled" disabled={typed.left.trim() === ''}>
          {t(single ? 'look.one' : 'compare')}
        </Button>
      </form>
      {left === '' ? (
        <KnownModels onPick={(side, path) => setTyped({ ...typed, [side]: path })} />
      ) : right === '' ? (
        <ModelLook key={left} file={{ kind: 'file', path: left }} />
      ) : (
        <ModelDiff
          key={`${left}\n${right}`}
          left={{ kind: 'file', path: left }}
          right={{ kind: 'file', path: right }}
        />
      )}
    </>
  );
}

/** Address of a comparison of two files on this machine. */
function modelsRoute(left: string, right: string): Route {
  return to('models', [], { left, right });
}
