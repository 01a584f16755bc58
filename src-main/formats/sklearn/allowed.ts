/** What pickles of scikit-learn name themselves. */
import { isNumpyName } from '../pickle/index.ts';

/** Classes begin with a capital letter; the rest are what Cython makes objects with. */
const patterns = [
  /^sklearn(\.\w+)*\._?[A-Z]\w*$/,
  /^sklearn(\.\w+)*\.(newObj|__pyx_unpickle_\w+)$/,
  /^scipy\.sparse(\.\w+)*\.\w+_(matrix|array)$/,
  /^scipy\.interpolate(\.\w+)*\.(interp1d|BSpline|PPoly)$/,
  /^(sklearn\.externals\.)?joblib\.numpy_pickle\.NumpyArrayWrapper$/,
];

/** Whether a pickle of arrays and estimators may name this without surprise. */
export function isSklearnName(path: string): boolean {
  return isNumpyName(path) || patterns.some((pattern) => pattern.test(path));
}
