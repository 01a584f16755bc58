/** A comparison as a note of the timeline: what was compared, the numbers, the tensors that moved most. */
import type { TFunction } from 'i18next';
import { formatNumber } from '../../ui/index.ts';
import type { ModelDiffState } from './use-model-diff.ts';

const listed = 10;

/** Null while there is nothing to tell. */
export function comparisonNote(
  { left, right, result, tensors }: Pick<ModelDiffState, 'left' | 'right' | 'result' | 'tensors'>,
  t: TFunction<'models'>,
): string | null {
  if (left === null || right === null || result === null) return null;
  const most = tensors
    .filter(({ relativeL2 }) => relativeL2 !== null && relativeL2 > 0)
    .sort((a, b) => (b.relativeL2 ?? 0) - (a.relativeL2 ?? 0))
    .slice(0, listed);
  const change = result.identical ? t('identical') : show(result.relativeL2);
  const lines = [
    `**${asCode(left.title)} → ${asCode(right.title)}**`,
    '',
    `${t('overall')}: ${change} · ${t('changed')}: ${t('ofTotal', { count: result.changedTensors, total: tensors.length })} · ${t('added')}: ${result.addedTensors} · ${t('removed')}: ${result.removedTensors}`,
  ];
  const table = most.map(
    (one) =>
      `| ${asCode(one.name)} | ${show(one.relativeL2)} | ${show(one.cosine)} | ${show(one.maxAbs)} |`,
  );
  if (table.length > 0) {
    const head = (['name', 'relativeL2', 'cosine', 'maxAbs'] as const).map((id) =>
      t(`column.${id}`).replaceAll('|', '\\|'),
    );
    lines.push('', `| ${head.join(' | ')} |`, '| --- | ---: | ---: | ---: |', ...table);
  }
  return lines.join('\n');
}

function show(value: number | null): string {
  return value === null ? '–' : formatNumber(value);
}

/** A name as code: names may hold marks of Markdown, and of the table around them. */
export function asCode(name: string): string {
  const flat = name.replaceAll(/[\s|]+/g, ' ').trim();
  const longest = Math.max(0, ...(flat.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${flat}\`` : `${fence} ${flat} ${fence}`;
}
