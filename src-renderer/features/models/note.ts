/** A comparison as a note of the timeline: what was compared, the numbers, the tensors that moved most. */
import type { TFunction } from 'i18next';
import { type Output, structuredFormats, type useCall } from '../../client/index.ts';
import { formatNumber } from '../../ui/index.ts';
import type { ModelDiffState, ModelSide, ModelSource } from './use-model-diff.ts';

const listed = 10;

/** What the files hold beside their tensors; nothing where they have no such part. */
interface Parts {
  readonly structure?: Output<'diff.structure'>;
  readonly trees?: Output<'diff.trees'>;
}

/** Reads what of it these two files can have. */
export async function partsForNote(
  call: ReturnType<typeof useCall>,
  input: { readonly left: ModelSource; readonly right: ModelSource },
  sides: readonly ModelSide[],
): Promise<Parts> {
  const [structured, boosted] = [
    sides.some(({ format }) => structuredFormats.has(format)),
    sides.some(({ booster }) => booster !== undefined),
  ];
  return {
    ...(structured && { structure: await call('diff.structure', input) }),
    ...(boosted && { trees: await call('diff.trees', input) }),
  };
}

/** Null while there is nothing to tell. */
export function comparisonNote(
  { left, right, result, tensors }: Pick<ModelDiffState, 'left' | 'right' | 'result' | 'tensors'>,
  t: TFunction<'models'>,
  parts: Parts = {},
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
  if (result.fewComparable) lines.push('', t('fewComparable'));
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
  return [...lines, ...linesOfParts(parts, t)].join('\n');
}

/** What the table of tensors calls it. */
const words = {
  same: 'equal',
  added: 'added',
  removed: 'removed',
  modified: 'changed',
  renamed: 'changed',
} as const;

function linesOfParts({ structure, trees }: Parts, t: TFunction<'models'>): string[] {
  const lines: string[] = [];
  const shown = structure?.note === null ? structure.structure : null;
  if (shown) {
    const differing = shown.nodes.filter(({ change }) => change !== 'same');
    const total = formatNumber(shown.nodes.length);
    const amount = formatNumber(differing.length);
    lines.push(
      '',
      `**${t('part.structure')}**: ${t(`structure.${shown.kind}Differ`, { amount, total })}`,
    );
    const named = differing.slice(0, listed).map(({ name, op, change }) => {
      const title = [name, op].filter((one) => one !== '').map(asCode);
      return `- ${title.join(' · ')}: ${t(`state.${words[change]}`)}`;
    });
    if (named.length > 0) lines.push('', ...named);
  }
  if (trees?.trees) {
    const { same, values, structure: splits, added, removed } = trees.counts;
    const counts = t('trees.counts', { same, values, structure: splits, added, removed });
    lines.push('', `**${t('part.trees')}**: ${counts}`);
  }
  return lines;
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
