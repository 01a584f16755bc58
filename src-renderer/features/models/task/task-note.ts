/** Task vectors as a note of the timeline: the files, how far each moved, and how they agree. */
import type { TFunction } from 'i18next';
import { modelPairs } from '../../../client/index.ts';
import { formatNumber } from '../../../ui/index.ts';
import { asCode } from '../note.ts';
import { formatShare } from '../share.ts';
import type { TaskState } from './use-task-vectors.ts';

/** Null while there is nothing to tell. */
export function taskNote(
  { base, models, result }: Pick<TaskState, 'base' | 'models' | 'result'>,
  t: TFunction<'models'>,
): string | null {
  const total = result?.total;
  if (base === null || total == null) return null;
  const show = (value: number | null | undefined): string =>
    value == null ? '–' : formatNumber(value);
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const bar = (text: string) => text.replaceAll('|', '\\|');
  const files = models.map(({ title }, at) => {
    const found = total.models[at];
    return row([
      `${at + 1} ${asCode(title)}`,
      show(found?.norm),
      show(found?.relative),
      formatShare(found?.movedShare ?? null),
    ]);
  });
  const pairs = modelPairs(models.length).map(([left, right], at) => {
    const pair = total.pairs[at];
    return row([
      `${left + 1} · ${right + 1}`,
      show(pair?.cosine),
      formatShare(pair?.bothShare ?? null),
      formatShare(pair?.conflictShare ?? null),
    ]);
  });
  return [
    `**${t('task.name')}: ${models.map(({ title }) => asCode(title)).join(', ')} ← ${asCode(base.title)}**`,
    '',
    row([t('task.model'), t('task.norm'), t('task.relative'), t('task.moved')].map(bar)),
    '| --- | ---: | ---: | ---: |',
    ...files,
    '',
    row([t('task.pair'), t('column.cosine'), t('task.both'), t('task.conflict')].map(bar)),
    '| --- | ---: | ---: | ---: |',
    ...pairs,
    '',
    `${t('task.sum')}: ${show(total.sum)}`,
  ].join('\n');
}
