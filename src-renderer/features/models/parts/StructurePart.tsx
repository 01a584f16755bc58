import { SegmentedControl, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Output, type Structure, useOperation } from '../../../client/index.ts';
import { localized } from '../../../i18n/index.ts';
import { EmptyState, ErrorState, formatNumber, Skeletons, Spacer } from '../../../ui/index.ts';
import { NameSearch } from '../NameSearch.tsx';
import type { ModelSource } from '../use-model-diff.ts';
import { NodePanel } from './NodePanel.tsx';
import css from './parts.module.css';
import { StructureGraph } from './StructureGraph.tsx';
import { StructureList } from './StructureList.tsx';

/** What is done with the tensors: the graph of operators, or the layers. */
export default function StructurePart(input: {
  readonly left: ModelSource;
  readonly right: ModelSource | null;
}) {
  const { t } = useTranslation('models');
  const { left, right } = input;
  const query = useOperation('diff.structure', { left, right });
  if (query.error !== null) return <ErrorState error={query.error} onRetry={query.reload} />;
  if (query.data === undefined) return <Skeletons rows={8} />;
  const { structure, note, metadata } = query.data;
  if (structure === null || structure.nodes.length === 0) {
    return <EmptyState title={t('structure.none')} />;
  }
  return (
    <Shown
      structure={structure}
      note={note}
      metadata={metadata}
      single={right === null || note !== null}
    />
  );
}

function Shown({
  structure,
  note,
  metadata,
  single,
}: {
  readonly structure: Structure;
  readonly note: string | null;
  readonly metadata: Output<'diff.structure'>['metadata'];
  readonly single: boolean;
}) {
  const { t } = useTranslation('models');
  const [layout, setLayout] = useState(structure.kind === 'layers' ? 'list' : 'graph');
  const [selected, setSelected] = useState<number | null>(null);
  const [onlyDifferences, setOnlyDifferences] = useState(false);
  const [text, setText] = useState('');
  const differing = structure.nodes.filter(({ change }) => change !== 'same').length;
  const node = selected === null ? undefined : structure.nodes[selected];
  const total = formatNumber(structure.nodes.length);
  return (
    <section className={css.part} aria-label={t('part.structure')}>
      <div className={css.tools}>
        <span className={css.dim}>
          {single
            ? t(`structure.${structure.kind}`, { total })
            : t(`structure.${structure.kind}Differ`, { amount: formatNumber(differing), total })}
        </span>
        {layout === 'list' && (
          <>
            <NameSearch text={text} onText={setText} />
            {!single && (
              <Switch
                label={t('onlyDifferences')}
                checked={onlyDifferences}
                onChange={(event) => setOnlyDifferences(event.currentTarget.checked)}
              />
            )}
          </>
        )}
        <Spacer />
        <SegmentedControl
          aria-label={t('structure.layout')}
          value={layout}
          onChange={setLayout}
          data={[
            { value: 'graph', label: t('structure.asGraph') },
            { value: 'list', label: t('structure.asList') },
          ]}
        />
      </div>
      {note !== null && <p className={css.note}>{localized(note)}</p>}
      {structure.leftOut > 0 && (
        <p className={css.note}>
          {t('structure.leftOut', { amount: formatNumber(structure.leftOut) })}
        </p>
      )}
      <div className={css.body}>
        {layout === 'graph' ? (
          <StructureGraph
            structure={structure}
            single={single}
            selected={selected}
            onSelect={setSelected}
          />
        ) : (
          <StructureList
            structure={structure}
            single={single}
            onlyDifferences={onlyDifferences}
            text={text}
            selected={selected}
            onSelect={setSelected}
          />
        )}
        <NodePanel node={node} single={single} metadata={metadata} />
      </div>
    </section>
  );
}
