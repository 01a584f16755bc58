/** One row of trackio's metrics: numbers, and what it keeps as files. */
import { specialNumber } from '../../formats/python-json.ts';
import type { ImportedMedia } from '../types.ts';

const deepest = 32;

export class LoggedRow {
  readonly numbers: [key: string, value: number][] = [];
  readonly media: { key: string; kind: ImportedMedia['kind']; file: string }[] = [];
  readonly step: number;
  /** Epoch ms. */
  readonly time: number;

  constructor(content: unknown, step: number, time: number) {
    this.step = step;
    this.time = Number.isNaN(time) ? 0 : time;
    if (typeof content === 'object' && content !== null) this.#add(content, '', 0);
  }

  #add(content: object, prefix: string, depth: number): void {
    for (const [name, value] of Object.entries(content) as [string, unknown][]) {
      const key = prefix + name;
      const number = typeof value === 'boolean' ? Number(value) : specialNumber(value);
      if (number !== null) this.numbers.push([key, number]);
      else if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
      else if ('_type' in value) this.#addMedia(key, value as Record<string, unknown>);
      else if (depth < deepest) this.#add(value, `${key}/`, depth + 1);
    }
  }

  #addMedia(key: string, { _type: type, file_path: file }: Record<string, unknown>): void {
    const kind = /^trackio\.(image|audio|video)$/.exec(String(type))?.[1];
    if (kind === undefined || typeof file !== 'string') return;
    const parts = file.split(/[\\/]/);
    // Below the folder of media, and nowhere else.
    if (parts.includes('..') || parts[0] === '' || /^[A-Za-z]:$/.test(parts[0] ?? '')) return;
    this.media.push({ key, kind: kind as ImportedMedia['kind'], file: parts.join('/') });
  }
}
