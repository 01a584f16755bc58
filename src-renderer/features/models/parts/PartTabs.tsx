import { SegmentedControl } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { structuredFormats, type TensorChange } from '../../../client/index.ts';
import { to, useGo, useRoute } from '../../../state/index.ts';
import { Skeletons } from '../../../ui/index.ts';
import type { ModelSide, ModelSource } from '../use-model-diff.ts';
import { ModulesPart } from './ModulesPart.tsx';
import css from './parts.module.css';

const StructurePart = lazy(() => import('./StructurePart.tsx'));
const TreesPart = lazy(() => import('./TreesPart.tsx'));
const CodePart = lazy(() => import('./CodePart.tsx'));

const parts = ['tensors', 'modules', 'structure', 'trees', 'code'] as const;
export type PartName = (typeof parts)[number];

export interface PartTabsProps {
  readonly left: ModelSource;
  /** Null when one file is looked at by itself. */
  readonly right: ModelSource | null;
  readonly sides: readonly ModelSide[];
  readonly tensors: readonly TensorChange[];
  readonly finished: boolean;
  /** The table and the pictures; null where one file is looked at, of which they say nothing. */
  readonly children: ReactNode;
}

/** What model files hold, a part at a time: tensors, modules, graph or layers, trees, code. */
export function PartTabs({ left, right, sides, tensors, finished, children }: PartTabsProps) {
  const { t } = useTranslation('models');
  const route = useRoute();
  const go = useGo();
  const has: Readonly<Record<PartName, boolean>> = {
    tensors: children !== null,
    modules: true,
    structure: sides.some(({ format }) => structuredFormats.has(format)),
    trees: sides.some(({ booster }) => booster !== undefined),
    code: sides.some(({ format }) => format === 'torchscript'),
  };
  const there = parts.filter((part) => has[part]);
  const chosen = there.find((part) => part === route.query.part) ?? there[0] ?? 'modules';
  const sources = { left, right };
  return (
    <>
      {there.length > 1 && (
        <div className={css.tabs}>
          <SegmentedControl
            aria-label={t('part.label')}
            value={chosen}
            onChange={(part) => {
              const kept = part === there[0] ? undefined : part;
              go(to(route.view, route.parts, { ...route.query, part: kept }), true);
            }}
            data={there.map((part) => ({ value: part, label: t(`part.${part}`) }))}
          />
        </div>
      )}
      {chosen === 'tensors' && children}
      {chosen === 'modules' && (
        <ModulesPart tensors={tensors} finished={finished} single={right === null} />
      )}
      <Suspense fallback={<Skeletons rows={8} />}>
        {chosen === 'structure' && <StructurePart {...sources} />}
        {chosen === 'trees' && <TreesPart {...sources} sides={sides} />}
        {chosen === 'code' && <CodePart {...sources} sides={sides} />}
      </Suspense>
    </>
  );
}
