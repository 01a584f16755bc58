/** Sizes for people. */

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes in the unit a person would say, in powers of 1000 as disks are sold: `1.2 MB`, `480 kB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 999.6 kB would be rounded to 1000 kB.
  while (Math.round(value) >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
