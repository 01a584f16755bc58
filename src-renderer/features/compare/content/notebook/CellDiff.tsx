import { useTranslation } from 'react-i18next';
import type { CellChange } from '../../../../client/index.ts';
import type { Grammar } from '../../../../ui/code/language.ts';
import { Badge, ChangeMark } from '../../../../ui/index.ts';
import css from '../content.module.css';
import { LineDiff } from '../LineDiff.tsx';
import { SettingsList } from '../SettingsDiff.tsx';
import type { NotebookDiffProps } from './NotebookDiff.tsx';
import { OutputDiff } from './OutputDiff.tsx';

export interface CellDiffProps extends Pick<NotebookDiffProps, 'sources'> {
  readonly cell: CellChange;
  readonly current: boolean;
  readonly language: string | null;
}

/** One cell on both sides: its source, what it gave out, and its metadata, each where it changed. */
export function CellDiff({ cell, current, language, sources }: CellDiffProps) {
  const { t } = useTranslation('contents');
  const { left, right, change, moved } = cell;
  const side = right ?? left;
  const grammar = grammarOf(side?.type, language);
  const outputs = cell.outputs.filter((output) => output.change !== 'same');
  const same = cell.outputs.length - outputs.length;
  const to = (side?.index ?? 0) + 1;
  const from = (left?.index ?? 0) + 1;
  const place =
    left === null || right === null || from === to
      ? t('cellAt', { at: to })
      : t('cellFromTo', { from, to });
  return (
    <article className={css.cell} data-current={current || undefined}>
      <header className={css.cellHead}>
        <ChangeMark change={change} />
        {moved && (
          <Badge tone="active" shape="↕">
            {t('movedCell')}
          </Badge>
        )}
        <span className={css.cellPlaceText}>{place}</span>
        <span className={css.dim}>{t(`cellType.${side?.type ?? 'raw'}`)}</span>
      </header>
      {cell.sourceChanged || change === 'same' ? (
        <LineDiff
          left={left?.source ?? null}
          right={right?.source ?? null}
          grammar={grammar}
          whole={!cell.sourceChanged && (side?.source.length ?? 0) < 2000}
        />
      ) : (
        <p className={css.firstLine}>
          <code>{firstLine(side?.source ?? '')}</code>
          <span className={css.dim}>{t('sourceSame')}</span>
        </p>
      )}
      {(left?.cut || right?.cut) && <p className={css.note}>{t('sourceCut')}</p>}
      {outputs.map((output) => (
        <OutputDiff
          key={`${output.left?.at ?? '-'}:${output.right?.at ?? '-'}`}
          output={output}
          cells={{ left: left?.index ?? 0, right: right?.index ?? 0 }}
          sources={sources}
        />
      ))}
      {outputs.length > 0 && same > 0 && (
        <p className={css.note}>{t('sameOutputs', { count: same })}</p>
      )}
      {cell.metadata.length > 0 && (
        <div className={css.part}>
          <h3 className={css.partTitle}>{t('metadata')}</h3>
          <SettingsList changes={cell.metadata} />
        </div>
      )}
    </article>
  );
}

function grammarOf(type: string | undefined, language: string | null): Grammar {
  if (type === 'markdown') return 'markdown';
  if (type !== 'code') return 'plain';
  return language === null || /^i?python/i.test(language) ? 'python' : 'plain';
}

function firstLine(source: string): string {
  const line = source.split('\n').find((one) => one.trim() !== '') ?? '';
  return line.slice(0, 160);
}
