import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FileSource, useOperation } from '../../../client/index.ts';
import { QueryView, TreeView } from '../../../ui/index.ts';
import css from './files.module.css';
import { type JsonValue, jsonRows, rootPath } from './json-rows.ts';

/** JSON, YAML or TOML by its structure. */
export function JsonTree({ source }: { readonly source: FileSource }) {
  const query = useOperation('files.settings', { source });
  return <QueryView query={query}>{({ json }) => <Tree json={json} />}</QueryView>;
}

function Tree({ json }: { readonly json: string }) {
  const { t } = useTranslation('files');
  const value = useMemo(() => JSON.parse(json) as JsonValue, [json]);
  const [active, setActive] = useState<string | null>(null);
  // Only what differs from the first look: the first two levels are open.
  const [folded, setFolded] = useState<ReadonlyMap<string, boolean>>(new Map());
  const rows = useMemo(
    () =>
      jsonRows(value, folded).map(({ id, level, open, name, text, kind }) => ({
        ...{ id, level, open },
        content: (
          <>
            {name !== null && <span className={css.key}>{name}</span>}
            <span className={css.value} data-kind={kind} title={text}>
              {text}
            </span>
          </>
        ),
      })),
    [value, folded],
  );
  const vega = /"\$schema":"[^"]*\/vega(?:-lite)?\//.test(json.slice(0, 100_000));
  return (
    <div className={css.filled}>
      {vega && <p className={css.note}>{t('vega')}</p>}
      <TreeView
        label={t('structure')}
        rows={rows}
        active={active ?? rootPath}
        onActive={setActive}
        onFold={(id, open) => setFolded(new Map(folded).set(id, open))}
      />
    </div>
  );
}
