/** The little linear algebra that singular values need. Matrices are by row. */

/** A · Aᵀ, `rows` × `rows`. */
export function gramOfRows(a: Float32Array, rows: number, columns: number): Float64Array {
  const gram = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = i; j < rows; j++) {
      const [x, y] = [i * columns, j * columns];
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += a[x + k]! * a[y + k]!;
      gram[i * rows + j] = sum;
      gram[j * rows + i] = sum;
    }
  }
  return gram;
}

/** Aᵀ · A, `columns` × `columns`. */
export function gramOfColumns(
  a: Float32Array | Float64Array,
  rows: number,
  columns: number,
): Float64Array {
  const gram = new Float64Array(columns * columns);
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    for (let i = 0; i < columns; i++) {
      const value = a[at + i]!;
      if (value === 0) continue;
      for (let j = i; j < columns; j++) gram[i * columns + j]! += value * a[at + j]!;
    }
  }
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < i; j++) gram[i * columns + j] = gram[j * columns + i]!;
  }
  return gram;
}

/** Makes the columns orthonormal in place, by Gram–Schmidt done twice; dependent ones become zero. */
export function orthonormalise(a: Float64Array, rows: number, columns: number): void {
  const dot = (i: number, j: number): number => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += a[row * columns + i]! * a[row * columns + j]!;
    return sum;
  };
  for (let j = 0; j < columns; j++) {
    const before = Math.sqrt(dot(j, j));
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < j; i++) {
        const share = dot(i, j);
        for (let row = 0; row < rows; row++) a[row * columns + j]! -= share * a[row * columns + i]!;
      }
    }
    const norm = Math.sqrt(dot(j, j));
    const scale = norm > before * 1e-12 ? 1 / norm : 0;
    for (let row = 0; row < rows; row++) a[row * columns + j]! *= scale;
  }
}

/** Sweeps of Jacobi's method converge quadratically; this many are never needed. */
const maxSweeps = 60;

/** The eigenvalues of a symmetric matrix, in no order, by cyclic Jacobi rotations; `a` is used up. */
export function symmetricEigenvalues(a: Float64Array, side: number): number[] {
  let total = 0;
  for (const value of a) total += value * value;
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    let off = 0;
    for (let i = 0; i < side; i++) {
      for (let j = i + 1; j < side; j++) off += a[i * side + j]! ** 2;
    }
    if (off <= total * 1e-30) break;
    for (let p = 0; p < side; p++) {
      for (let q = p + 1; q < side; q++) rotate(a, side, p, q);
    }
  }
  return Array.from({ length: side }, (_, i) => a[i * side + i]!);
}

function rotate(a: Float64Array, side: number, p: number, q: number): void {
  const apq = a[p * side + q]!;
  if (apq === 0) return;
  const theta = (a[q * side + q]! - a[p * side + p]!) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < side; k++) {
    const [x, y] = [a[p * side + k]!, a[q * side + k]!];
    a[p * side + k] = c * x - s * y;
    a[q * side + k] = s * x + c * y;
  }
  for (let k = 0; k < side; k++) {
    const [x, y] = [a[k * side + p]!, a[k * side + q]!];
    a[k * side + p] = c * x - s * y;
    a[k * side + q] = s * x + c * y;
  }
}

/** Normally distributed numbers, the same each time: Box–Muller over xorshift32. */
export function gaussians(count: number): Float64Array {
  let state = 0x9e3779b9;
  const uniform = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 0.5) / 2 ** 32;
  };
  return Float64Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  );
}
