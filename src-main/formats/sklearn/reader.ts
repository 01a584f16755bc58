/** Reads a pickle of estimators and arrays, as `pickle.dump` and `joblib.dump` write it. */
import { CairnError } from '../../base/errors.ts';
import {
  calledPath,
  GlobalRecord,
  gather,
  InlineBudget,
  PickleObject,
  runPickle,
} from '../pickle/index.ts';
import type { PositionalFile } from '../positional.ts';
import type { Probe, TensorFile, TensorReader } from '../tensor-file.ts';
import { isSklearnName } from './allowed.ts';
import { oldWrapperNames, takeWrapped, wrapperName } from './joblib.ts';
import { openPacked } from './packed.ts';
import { readTrees } from './trees.ts';

export const pickleReader: TensorReader = {
  names: /\.(pkl|pickle|joblib)(\.(gz|z|bz2|xz|lzma|lz4))?$/i,
  // PROTO of 2 or later; what is packed or older is known by its name alone.
  match: ({ start }) => start[0] === 0x80 && start[1]! >= 2 && start[1]! <= 5,
  open: readPickle,
};

async function readPickle(file: PositionalFile, { start }: Probe): Promise<TensorFile> {
  const { path } = file;
  const broken = (problem: string): never => {
    throw new CairnError('corrupt', `${path} is not a sound pickle: ${problem}.`);
  };
  const budget = new InlineBudget();
  const globals = new GlobalRecord(isSklearnName);
  const source = await openPacked(file, start, budget);
  const { value, end } = runPickle(source, 0, {
    broken,
    onGlobal: (global) => globals.add(global),
    onBuilt: takeWrapped({ globals, broken }),
  });
  const found = gather(value, {
    path,
    budget,
    rootName: 'array',
    broken,
    take: (one, name, _, gathering) => {
      const called = one instanceof PickleObject ? calledPath(one) : null;
      if (called === null || !oldWrapperNames.has(called)) return false;
      gathering.note(
        `${name} lies in a file of its own, as joblib did before 0.10, and was not read.`,
      );
      return true;
    },
  });
  const { badge, findings } = globals.verdict();
  const fitted = globals.names('sklearn') ? readTrees(value, path, budget) : null;
  const rest = source.size - end;
  if (rest > 0) findings.push(`${rest} bytes follow the pickle and were not read.`);
  return {
    path,
    format: globals.has(wrapperName) ? 'joblib' : globals.names('sklearn') ? 'sklearn' : 'pickle',
    sizeBytes: file.size,
    metadata: found.metadata,
    tensors: found.tensors,
    notes: fitted?.note ? [...found.notes, fitted.note] : found.notes,
    badge: rest > 0 && badge !== 'dangerous' ? 'ambiguous' : badge,
    findings,
    ...(fitted?.booster && { booster: fitted.booster }),
  };
}
