/**
 * joblib's arrays (`joblib/numpy_pickle.py`): a `NumpyArrayWrapper` stands in the pickle, and right
 * behind the opcode that completes it come the raw elements, or a pickle when they are objects.
 */
import {
  calledPath,
  dictEntries,
  type GlobalRecord,
  PickleBytes,
  PickleGlobal,
  type PickleInput,
  PickleList,
  PickleObject,
  type PickleValue,
  readType,
  runPickle,
  sizeOf,
  sizesOf,
} from '../pickle/index.ts';
import { countElements } from '../tensor-file.ts';

export const wrapperName = 'joblib.numpy_pickle.NumpyArrayWrapper';
/** Before joblib 0.10, arrays were files beside the pickle. */
export const oldWrapperNames: ReadonlySet<string> = new Set([
  'joblib.numpy_pickle.NDArrayWrapper',
  'joblib.numpy_pickle_compat.NDArrayWrapper',
  'joblib.numpy_pickle.ZNDArrayWrapper',
  'joblib.numpy_pickle_compat.ZNDArrayWrapper',
  'sklearn.externals.joblib.numpy_pickle.NDArrayWrapper',
]);

const fromBuffer = new PickleGlobal('numpy.core.numeric', '_frombuffer');

interface JoblibOptions {
  readonly globals: GlobalRecord;
  broken(problem: string): never;
}

/**
 * For `PickleOptions.onBuilt`: takes the elements behind a wrapper, and gives the array as NumPy
 * itself would have pickled it.
 */
export function takeWrapped(options: JoblibOptions) {
  return (object: PickleObject, input: PickleInput): PickleValue => {
    const called = calledPath(object);
    if (called === null || called.replace(/^sklearn\.externals\./, '') !== wrapperName) {
      return object;
    }
    return readElements(object, input, options);
  };
}

function readElements(
  wrapper: PickleObject,
  input: PickleInput,
  { globals, broken }: JoblibOptions,
): PickleObject {
  const fields = new Map(dictEntries(wrapper.state ?? null) ?? []);
  const shape = sizesOf(fields.get('shape'));
  const dtype = fields.get('dtype');
  const type = readType(dtype, broken);
  const elements = shape && countElements(shape);
  if (!type || !shape || elements === null || dtype === undefined) {
    return broken('the type or the shape of an array in it cannot be read');
  }
  if (type.objects) {
    const run = runPickle(input.source, input.at, { broken, onGlobal: (one) => globals.add(one) });
    input.jump(run.end);
    // NumPy pickled the array itself: its wrapper adds nothing.
    if (run.value instanceof PickleObject) return run.value;
    return broken('an array in it has no elements');
  }
  // Since 1.2 so many bytes of 0xff, told by the first, that the elements are aligned.
  if (sizeOf(fields.get('numpy_array_alignment_bytes')) !== null) input.skip(input.u8());
  const length = elements * type.itemBytes;
  const { at } = input;
  input.skip(length);
  const bytes = new PickleBytes(input.source, at, length);
  const order = fields.get('order') === 'F' ? 'F' : 'C';
  return new PickleObject(fromBuffer, [bytes, dtype, new PickleList('tuple', shape), order]);
}
