import { useTranslation } from 'react-i18next';
import type { Output, StructureNode } from '../../../client/index.ts';
import { Badge, ChangeMark } from '../../../ui/index.ts';
import css from './parts.module.css';

type Both = StructureNode['settings'][number];

/** The selected node with its settings on both sides; what the files say of themselves without one. */
export function NodePanel({
  node,
  single,
  metadata,
}: {
  readonly node: StructureNode | undefined;
  readonly single: boolean;
  readonly metadata: Output<'diff.structure'>['metadata'];
}) {
  const { t } = useTranslation('models');
  if (node === undefined) {
    return (
      <aside className={css.panel} aria-label={t('structure.about')}>
        <p className={css.choose}>{t('structure.choose')}</p>
        <Rows title={t('structure.metadata')} rows={metadata} single={single} />
      </aside>
    );
  }
  const inputs = node.inputs.map((one) => ({
    ...one,
    name: t('structure.inputAt', { place: one.name }),
  }));
  const title = node.role === 'node' ? node.op : t(`structure.${node.role}`);
  return (
    <aside className={css.panel} aria-label={t('structure.about')}>
      <h2 className={css.panelTitle}>
        {node.fromOp === null ? title : `${node.fromOp} → ${title}`}
      </h2>
      <p className={css.panelName}>{node.name}</p>
      {node.from !== null && <p className={css.panelName}>← {node.from}</p>}
      {!single && <ChangeMark change={node.change} />}
      {node.code && (
        <p>
          <Badge tone="bad" shape="!">
            {t('structure.codeHint')}
          </Badge>
        </p>
      )}
      {node.type && <Rows title={t('structure.output')} rows={[node.type]} single={single} />}
      <Rows title={t('structure.inputs')} rows={inputs} single={single} />
      <Rows title={t('structure.settings')} rows={node.settings} single={single} />
      <Rows title={t('structure.tensors')} rows={node.tensors} single={single} />
    </aside>
  );
}

function Rows({
  title,
  rows,
  single,
}: {
  readonly title: string;
  readonly rows: readonly Both[];
  readonly single: boolean;
}) {
  const { t } = useTranslation('models');
  if (rows.length === 0) return null;
  return (
    <table className={css.settings}>
      <caption>{title}</caption>
      {!single && (
        <thead>
          <tr>
            <th scope="col">{t('structure.name')}</th>
            <th scope="col">{t('from')}</th>
            <th scope="col">{t('to')}</th>
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map((row) => (
          <tr key={row.name} data-differs={(!single && row.left !== row.right) || undefined}>
            <th scope="row">{row.name}</th>
            {!single && <td>{row.left ?? '–'}</td>}
            <td>{(single ? (row.right ?? row.left) : row.right) ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
