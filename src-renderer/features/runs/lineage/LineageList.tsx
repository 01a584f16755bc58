import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MiddleEllipsis, RunMark, Section, Size, StatusBadge } from '../../../ui/index.ts';
import { headOf, type Layout, linkedNames, type Node } from './layout.ts';
import css from './lineage.module.css';

/** The same as the graph in words: what there is in each column, and what it leads from and to. */
export function LineageList({ layout, onOpen }: { layout: Layout; onOpen: (node: Node) => void }) {
  const { t } = useTranslation('runPage');
  return (
    <div className={css.list}>
      {layout.columns.map(({ index, nodes }) => (
        <Section key={index} title={t(`lineage.column.${headOf(index)}`)}>
          <ul className={css.rows}>
            {nodes.map(({ node }) => (
              <li key={node.key}>
                <UnstyledButton className={css.row} onClick={() => onOpen(node)}>
                  {node.run === null ? (
                    <span className={css.dim}>{t(`lineage.kind.${node.kind}`)}</span>
                  ) : (
                    <RunMark label={node.run.label} size={12} />
                  )}
                  <strong>
                    {node.run?.label} <MiddleEllipsis text={node.name} max={56} />
                  </strong>
                  {node.kind === 'version' && t('lineage.version', { version: node.detail })}
                  {node.run !== null && <StatusBadge status={node.run.status} />}
                  {node.size !== null && (
                    <span className={css.dim}>
                      <Size bytes={node.size} />
                    </span>
                  )}
                </UnstyledButton>
                <Links layout={layout} node={node} />
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </div>
  );
}

function Links({ layout, node }: { layout: Layout; node: Node }) {
  const { t } = useTranslation('runPage');
  const from = linkedNames(layout, node.key, 'from');
  const to = linkedNames(layout, node.key, 'to');
  return (
    <p className={css.dim}>
      {from !== '' && t('lineage.from', { names: from })}
      {from !== '' && to !== '' && ' · '}
      {to !== '' && t('lineage.to', { names: to })}
    </p>
  );
}
