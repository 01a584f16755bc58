/** What pickles of scikit-learn name themselves. */
import { isNumpyName } from '../pickle/index.ts';

/** Classes begin with a capital letter; the rest are what Cython makes objects with. */
const patterns = [
  /^sklearn(\.\w+)*\._?[A-Z]\w*$/,
  /^sklearn(\.\w+)*\.(newObj|__pyx_unpickle_\w+)$/,
  /^scipy\.sparse(\.\w+)*\.\w+_(matrix|array)$/,
  /^scipy\.interpolate(\.\w+)*\.(interp1d|BSpline|PPoly)$/,
  // Functions that estimators keep by their names: they take and give arrays.
  /^sklearn\.cluster\._kmeans\._kmeans_single_(lloyd|elkan)$/,
  /^sklearn\.feature_selection\._(univariate_selection|mutual_info)\.(chi2|f_\w+|mutual_info_\w+)$/,
  /^sklearn\.metrics\._scorer\._passthrough_scorer$/,
  /^sklearn\.metrics\._(classification|regression|ranking)\.[a-z]\w*_(score|loss|error)$/,
  /^numpy\.(mean|median|min|max|amin|amax|sum|log1p|expm1|exp|log|sqrt)$/,
  /^(sklearn\.externals\.)?joblib\.numpy_pickle\.NumpyArrayWrapper$/,
];

/** Whether a pickle of arrays and estimators may name this without surprise. */
export function isSklearnName(path: string): boolean {
  return isNumpyName(path) || patterns.some((pattern) => pattern.test(path));
}
