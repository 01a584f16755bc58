/** Keys of the translations, which hold no spaces, and how verdicts look. */
import type { ReproduceReport, VerifyReport } from '../../client/index.ts';

export const verifyWords = {
  ok: 'ok',
  altered: 'altered',
  missing: 'missing',
  unexpected: 'unexpected',
  unsafe: 'unsafe',
  'left out': 'leftOut',
} as const satisfies Record<VerifyReport['problems'][number]['state'], string>;

type Verdict = ReproduceReport['outputs'][number]['verdict'];

export const verdicts = {
  identical: { word: 'identical', shape: '✓', tone: 'good' },
  'within tolerance': { word: 'within', shape: '≈', tone: 'good' },
  different: { word: 'different', shape: '✕', tone: 'bad' },
  missing: { word: 'missing', shape: '○', tone: 'bad' },
  skipped: { word: 'skipped', shape: '↷', tone: 'dim' },
} as const satisfies Record<Verdict, { word: string; shape: string; tone: string }>;

/** How many outputs got each verdict, in the order from best to worst. */
export function countVerdicts(
  outputs: readonly { readonly verdict: Verdict }[],
): { readonly verdict: Verdict; readonly count: number }[] {
  return (Object.keys(verdicts) as Verdict[]).flatMap((verdict) => {
    const count = outputs.filter((output) => output.verdict === verdict).length;
    return count === 0 ? [] : [{ verdict, count }];
  });
}
