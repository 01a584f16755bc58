/** A progress bar on the terminal's error stream; nothing where that is not a terminal. */
import type { ProgressReport } from '../../base/progress.ts';
import { size } from './output.ts';

const barWidth = 24;
const firstAfterMs = 300;
const everyMs = 80;

export class ProgressBar {
  readonly #started = Date.now();
  readonly #shown: boolean;
  #last = 0;
  #dirty = false;

  constructor(shown = process.stderr.isTTY === true) {
    this.#shown = shown;
  }

  /** Work that is over within a moment never shows a bar. */
  report(report: ProgressReport): void {
    const now = Date.now();
    if (!this.#shown || now - this.#started < firstAfterMs || now - this.#last < everyMs) return;
    this.#last = now;
    this.#dirty = true;
    process.stderr.write(`\r\u001b[2K${render(report)}`);
  }

  /** Takes the bar away. */
  clear(): void {
    if (this.#dirty) process.stderr.write('\r\u001b[2K');
    this.#dirty = false;
  }
}

function render({ phase, done, total, unit }: ProgressReport): string {
  const amount = (value: number) => (unit === 'bytes' ? size(value) : String(value));
  if (total <= 0) return `${phase} ${amount(done)}`;
  const share = Math.min(1, done / total);
  const filled = Math.round(share * barWidth);
  const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
  return `${phase} ${bar} ${Math.floor(share * 100)} %  ${amount(done)} of ${amount(total)}`;
}
