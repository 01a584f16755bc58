/**
 * Models of scikit-learn, and other pickles with NumPy's arrays in them: plain pickles and joblib's
 * (`joblib.ts`), packed or not (`packed.ts`). Arrays go by the attributes that lead to them.
 */
export { pickleReader } from './reader.ts';
