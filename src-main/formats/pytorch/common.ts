/** What the readers of PyTorch's formats share. */
import { CairnError } from '../../base/errors.ts';
import type { TensorBadge } from '../tensor-file.ts';

/** Names under which PyTorch's files go, whichever of the formats they have. */
export const torchNames =
  /\.(pt|pth|ckpt|ptl)(\.tar)?$|^(pytorch_model|diffusion_pytorch_model|adapter_model|optimizer)\b.*\.bin$/i;

/** Complains about a broken file by its format. */
export function brokenTorch(path: string): (problem: string) => never {
  return (problem) => {
    throw new CairnError('corrupt', `${path} is not a sound PyTorch file: ${problem}.`);
  };
}

interface Verdict {
  readonly badge: TensorBadge;
  readonly findings: readonly string[];
}

/** Adds what is dangerous by itself, and what other readers may not see. */
export function withSuspicions(
  { badge, findings }: Verdict,
  suspicions: readonly string[],
  trailing: readonly string[],
): { badge: TensorBadge; findings: string[] } {
  const all = [...new Set(suspicions), ...findings, ...trailing];
  if (suspicions.length > 0) return { badge: 'dangerous', findings: all };
  const ambiguous = trailing.length > 0 && badge !== 'dangerous';
  return { badge: ambiguous ? 'ambiguous' : badge, findings: all };
}
