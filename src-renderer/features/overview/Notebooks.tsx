import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import { to, useGo } from '../../state/index.ts';
import { MiddleEllipsis, RelativeTime } from '../../ui/index.ts';
import css from './overview.module.css';
import { Line, Panel } from './Panel.tsx';

const shown = 8;

/** Notebooks in their order; nothing when there is none. */
export function Notebooks() {
  const { t } = useTranslation('overview');
  const go = useGo();
  const { data } = useOperation('notebooks.list', {}, { topics: [topics.workspace, topics.git] });
  const all = (data?.folders ?? []).flatMap((folder) => folder.notebooks);
  if (all.length === 0) return null;
  return (
    <Panel
      title={t('notebooks')}
      actions={
        <Button variant="subtle" onClick={() => go(to('notebooks'))}>
          {t('allNotebooks', { count: all.length })}
        </Button>
      }
    >
      <ul className={css.lines}>
        {all.slice(0, shown).map((notebook) => (
          <Line
            key={notebook.path}
            onOpen={() => go(to('notebooks', [notebook.path]))}
            main={
              <span className={css.stack}>
                <MiddleEllipsis text={notebook.path} max={44} mono />
                {notebook.title !== null && <span className={css.dim}>{notebook.title}</span>}
              </span>
            }
            aside={<RelativeTime at={notebook.modifiedAt} />}
          />
        ))}
      </ul>
    </Panel>
  );
}
