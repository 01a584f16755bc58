/**
 * Models of scikit-learn, and other pickles with NumPy's arrays in them: plain pickles and joblib's
 * (`joblib.ts`), packed or not (`packed.ts`). Arrays go by the attributes that lead to them;
 * trees are facts as those of boosted models are (`trees.ts`).
 */
export { pickleReader } from './reader.ts';
