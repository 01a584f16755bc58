/**
 * HDF5 files, read through the HDF5 library in WebAssembly: which datasets there are, their
 * attributes, and their values piece by piece.
 */
export { listDatasets, readTextAttribute } from './datasets.ts';
export { openHdf5Bytes } from './hdf5-bytes.ts';
export { Hdf5File } from './library.ts';
