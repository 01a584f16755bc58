import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RunCell, useOperation } from '../../client/index.ts';
import { to, useGo } from '../../state/index.ts';
import css from './timeline.module.css';

/** Pictures that a run logged, small; a click opens the run where they are. */
export function Figures({ cell }: { cell: RunCell }) {
  const { t } = useTranslation('timeline');
  const go = useGo();
  if (cell.figures.length === 0) return null;
  const rest = cell.figureCount - cell.figures.length;
  return (
    <div className={css.figures}>
      {cell.figures.map(({ path }) => (
        <button
          key={path}
          type="button"
          className={css.figure}
          tabIndex={-1}
          title={path.replace(/^(?:out|step):/, '')}
          onClick={() => go(to('run', [cell.run.id], whereabouts(path)))}
        >
          <Figure runId={cell.run.id} path={path} />
        </button>
      ))}
      {rest > 0 && <span className={css.dim}>{t('moreFigures', { count: rest })}</span>}
    </div>
  );
}

/** Where on the run's page a picture is: over steps, among what came out, or what was logged. */
function whereabouts(path: string): Record<string, string> {
  if (path.startsWith('step:')) return { tab: 'media' };
  const out = /^out:(.*)$/s.exec(path)?.[1];
  return { tab: 'files', file: out === undefined ? `logged:${path}` : `outputs:${out}` };
}

function Figure({ runId, path }: { runId: string; path: string }) {
  const { data, error } = useOperation('timeline.figure', { runId, path });
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (data === undefined) return;
    const made = URL.createObjectURL(new Blob([new Uint8Array(data.bytes)], { type: data.type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  const name = path.replace(/^.*[/:]/s, '');
  if (url === null) return <span className={css.figureWait}>{error === null ? '' : name}</span>;
  return <img src={url} alt={name} />;
}
