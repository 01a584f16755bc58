import type { RunCell } from '../../client/index.ts';
import { useWords } from '../../i18n/index.ts';
import { MiddleEllipsis, Size } from '../../ui/index.ts';
import css from './timeline.module.css';

const shown = 4;

/** The outputs that differ from those of the run before, and how much code did. */
export function Outputs({ cell }: { cell: RunCell }) {
  const t = useWords('timeline');
  const changed = cell.outputs.filter((output) => output.changed);
  const rest = changed.slice(shown);
  if (changed.length === 0 && !cell.filesChanged) return null;
  return (
    <div className={`${css.line} ${css.outputs}`}>
      {changed.slice(0, shown).map((output) => (
        <span key={output.path} className={css.output}>
          <MiddleEllipsis text={output.path} max={36} mono />
          {output.size !== null && (
            <span className={css.dim}>
              <Size bytes={output.size} />
            </span>
          )}
        </span>
      ))}
      {rest.length > 0 && (
        <span className={css.dim} title={rest.map((output) => output.path).join('\n')}>
          {t('moreFiles', { count: rest.length })}
        </span>
      )}
      {cell.filesChanged !== null && cell.filesChanged > 0 && (
        <span className={css.dim}>{t('filesChanged', { count: cell.filesChanged })}</span>
      )}
    </div>
  );
}
