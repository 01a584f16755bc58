import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { MiddleEllipsis, Skeletons } from '../../ui/index.ts';
import css from './overview.module.css';
import { Panel } from './Panel.tsx';

const shown = 10;

/** What was recognised in the folder: Git, pipeline, data, params, models. */
export function Found() {
  const { t } = useTranslation('overview');
  const [all, setAll] = useState(false);
  const audit = useOperation('workspace.audit', {}, { topics: [topics.workspace] });
  // Where Cairn keeps its own records is nothing that was found.
  const items = (audit.data?.items ?? []).filter((item) => item.path !== '.cairn');
  const listed = all ? items : items.slice(0, shown);
  return (
    <div id="overview-found">
      <Panel title={t('found')}>
        {audit.loading ? (
          <Skeletons rows={4} />
        ) : (
          <ul className={css.lines}>
            {listed.map((item) => (
              <li key={`${item.kind} ${item.path}`} className={css.fact}>
                <MiddleEllipsis text={item.path} max={36} mono />
                <span
                  className={item.problem === null ? css.dim : css.problem}
                  title={localized(item.problem ?? item.detail)}
                >
                  {localized(item.problem ?? item.detail)}
                </span>
              </li>
            ))}
          </ul>
        )}
        {items.length > shown && !all && (
          <Button variant="subtle" onClick={() => setAll(true)}>
            {t('more', { count: items.length - shown })}
          </Button>
        )}
        {!audit.loading && items.length === 0 && <p className={css.empty}>{t('nothingFound')}</p>}
      </Panel>
    </div>
  );
}
