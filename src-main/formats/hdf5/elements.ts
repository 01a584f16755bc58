/** Element types of HDF5 datasets. */
import { type DType, type NumericDType, numeric, opaque } from '../dtypes.ts';
import type { Library, Metadata } from './library.ts';

const floats: Readonly<Record<number, NumericDType>> = { 2: 'f16', 4: 'f32', 8: 'f64' };

/** The type of a dataset's elements; null for text and lists of any length, which are not compared. */
export function elementType(library: Library, metadata: Metadata): DType | null {
  const classes = library.H5T_class_t;
  const { type, size, signed } = metadata;
  if (metadata.vlen || type === classes.H5T_VLEN.value || type === classes.H5T_STRING.value)
    return null;
  if (type === classes.H5T_REFERENCE.value || size === 0) return null;
  if (type === classes.H5T_FLOAT.value) {
    const float = floats[size];
    return float ? numeric(float) : opaque(`f${size * 8}`, size * 8);
  }
  if (type === classes.H5T_INTEGER.value && [1, 2, 4, 8].includes(size)) {
    return numeric(`${signed ? 'i' : 'u'}${size * 8}` as NumericDType);
  }
  const members = Object.keys(metadata.enum_type?.members ?? {});
  // What h5py writes for NumPy's bool.
  if (size === 1 && members.length === 2 && members.includes('FALSE') && members.includes('TRUE')) {
    return numeric('bool');
  }
  const parts = metadata.compound_type?.members ?? [];
  if (parts.length === 2 && parts[0]?.name === 'r' && parts[1]?.name === 'i') {
    return opaque(`c${size * 8}`, size * 8);
  }
  return opaque('bytes', size * 8);
}
