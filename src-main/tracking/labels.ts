/** The numbers that people see. They are labels over ids and may change; nothing stores them. */

/** `2` → `02` */
export function experimentLabel(number: number): string {
  return String(number).padStart(2, '0');
}

/** Experiment 2, run 7 → `02.7` */
export function runLabel(experiment: number, run: number): string {
  return `${experimentLabel(experiment)}.${run}`;
}

/** Reads `02.7`, `2.7` or `#02.7`; null for anything else. */
export function parseRunLabel(text: string): { experiment: number; run: number } | null {
  const match = /^#?(\d{1,6})\.(\d{1,9})$/.exec(text.trim());
  return match === null ? null : { experiment: Number(match[1]), run: Number(match[2]) };
}
