/** A share as a percentage that does not round a small one to none, or a large one to all. */
export function formatShare(share: number | null): string {
  if (share === null) return '–';
  const value = share * 100;
  if (value > 0 && value < 0.1) return '< 0.1 %';
  if (value < 100 && value > 99.9) return '> 99.9 %';
  return `${value.toFixed(value === 0 || value === 100 ? 0 : 1)} %`;
}
