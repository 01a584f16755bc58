/** What a run is called that was given no name. */
import type { RunSpec } from '../contract/runs.ts';

/** `python train.py --x` → `train`; a pipeline is named by the params it turned, or its targets. */
export function deriveName(spec: RunSpec): string {
  if (spec.kind === 'pipeline') {
    // The file goes without saying where it is the usual one.
    const turned = spec.setParams.map((param) => param.replace(/^params\.yaml:/, ''));
    if (turned.length > 0) return turned.join(' ').slice(0, 200);
    return spec.targets.length > 0 ? spec.targets.join(' ').slice(0, 200) : 'pipeline';
  }
  if (spec.kind === 'notebook') {
    return (spec.path.split('/').pop() ?? spec.path).replace(/\.ipynb$/i, '').slice(0, 200);
  }
  const script = spec.argv.find((word) => /\.(py|sh|ipynb|r|jl|js|ts|m|rb|pl)$/i.test(word));
  const word = script ?? spec.argv[0] ?? 'command';
  const base = word.split(/[\\/]/).pop() ?? word;
  return (script === undefined ? base : base.replace(/\.[^.]+$/, '')).slice(0, 200) || 'command';
}
