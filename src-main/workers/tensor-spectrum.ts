/**
 * Singular values of the difference of two tensors. A small side is solved whole, by the eigenvalues
 * of the Gram matrix; a larger matrix by a randomised range finder with power iterations (Halko,
 * Martinsson and Tropp 2011, algorithm 4.4), seeded, so that the same files give the same values.
 */
import { CairnError } from '../base/errors.ts';
import type { Spectrum } from '../formats/tensor-task.ts';
import type { TensorInfo } from '../formats/tensors.ts';
import {
  gaussians,
  gramOfColumns,
  gramOfRows,
  orthonormalise,
  symmetricEigenvalues,
} from './matrix.ts';
import { forEachBlock } from './tensor-blocks.ts';

/** 256 MB as float32. */
const maxElements = 1 << 26;
/** A matrix with a side of at most this is solved whole. */
const wholeSide = 256;
const wanted = 20;
const oversampling = 10;
const powerIterations = 4;

/**
 * The first axis is the rows, all others together the columns, as in the usual view of a
 * convolution; a vector is one row.
 * @throws CairnError `unsupported` for tensors that are too large, or hold what is not finite
 */
export async function spectrumOfChange(left: TensorInfo, right: TensorInfo): Promise<Spectrum> {
  const { elements, shape } = right;
  if (elements > maxElements) {
    throw new CairnError(
      'unsupported',
      'Singular values are computed of up to 67 million elements.',
    );
  }
  if (left.fortranOrder && right.fortranOrder && shape.length > 1) {
    // Both lie by column: as they lie they are the reversed tensor, which for a matrix has the same values.
    if (shape.length > 2) {
      throw new CairnError(
        'unsupported',
        'Tensors by column with over two axes are not taken as matrices.',
      );
    }
    return await solve(left, right, shape[1]!, shape[0]!, true);
  }
  const rows = shape.length > 1 ? shape[0]! : 1;
  return await solve(left, right, rows, rows === 0 ? 0 : elements / rows, false);
}

async function solve(
  left: TensorInfo,
  right: TensorInfo,
  rows: number,
  columns: number,
  turned: boolean,
): Promise<Spectrum> {
  const delta = new Float32Array(rows * columns);
  let at = 0;
  let squares = 0;
  await forEachBlock({ left, right, from: 0, count: delta.length }, (x, y) => {
    for (let index = 0; index < x.values.length; index++) {
      const value = y.values[index]! - x.values[index]!;
      squares += value * value;
      delta[at++] = value;
    }
  });
  const frobenius = Math.sqrt(squares);
  const largest = Math.fround(frobenius);
  if (!Number.isFinite(largest)) {
    throw new CairnError('unsupported', 'Its change is not finite, so it has no singular values.');
  }
  const matrix = { values: delta, rows, columns };
  const exact = Math.min(rows, columns) <= wholeSide;
  const values = exact ? all(matrix) : leading(matrix);
  const [shownRows, shownColumns] = turned ? [columns, rows] : [rows, columns];
  return { rows: shownRows, columns: shownColumns, values, exact, frobenius };
}

interface Matrix {
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

function all({ values, rows, columns }: Matrix): number[] {
  const side = Math.min(rows, columns);
  const gram =
    rows <= columns ? gramOfRows(values, rows, columns) : gramOfColumns(values, rows, columns);
  return roots(symmetricEigenvalues(gram, side));
}

function leading({ values, rows, columns }: Matrix): number[] {
  const width = wanted + oversampling;
  let basis = times(values, rows, columns, gaussians(columns * width), width);
  for (let iteration = 0; iteration < powerIterations; iteration++) {
    orthonormalise(basis, rows, width);
    const other = transposedTimes(values, rows, columns, basis, width);
    orthonormalise(other, columns, width);
    basis = times(values, rows, columns, other, width);
  }
  orthonormalise(basis, rows, width);
  const projected = transposedTimes(values, rows, columns, basis, width);
  return roots(symmetricEigenvalues(gramOfColumns(projected, columns, width), width)).slice(
    0,
    wanted,
  );
}

function roots(eigenvalues: number[]): number[] {
  return eigenvalues.map((value) => Math.sqrt(Math.max(0, value))).sort((a, b) => b - a);
}

/** A · X, with X of `columns` × `width` by row. */
function times(a: Float32Array, rows: number, columns: number, x: Float64Array, width: number) {
  const result = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const into = row * width;
    for (let column = 0; column < columns; column++) {
      const value = a[row * columns + column]!;
      if (value === 0) continue;
      const from = column * width;
      for (let k = 0; k < width; k++) result[into + k]! += value * x[from + k]!;
    }
  }
  return result;
}

/** Aᵀ · X, with X of `rows` × `width` by row. */
function transposedTimes(
  a: Float32Array,
  rows: number,
  columns: number,
  x: Float64Array,
  width: number,
) {
  const result = new Float64Array(columns * width);
  for (let row = 0; row < rows; row++) {
    const from = row * width;
    for (let column = 0; column < columns; column++) {
      const value = a[row * columns + column]!;
      if (value === 0) continue;
      const into = column * width;
      for (let k = 0; k < width; k++) result[into + k]! += value * x[from + k]!;
    }
  }
  return result;
}
