/** Gathers what one event file says, until it is handed over. */

import type { EventSink, LoggedMedia } from '../../formats/tfevents.ts';
import type { HparamsContent } from '../../formats/tfevents-hparams.ts';
import { PointColumns } from '../points.ts';
import type { ImportedSeries } from '../types.ts';

/** A text longer than this is cut where it is shown as a tag; the whole stays in the file. */
const longestTag = 8000;

export class CollectedEvents implements EventSink {
  readonly #scalars = new PointColumns();
  readonly media: LoggedMedia[] = [];
  readonly #texts = new Map<string, { step: number; text: string | null }>();
  params: HparamsContent['params'] = [];
  ended: HparamsContent['ended'] = null;
  /** Epoch ms of the first and the last event. */
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;
  count = 0;

  scalar(tag: string, step: number, time: number, value: number): void {
    this.#scalars.add(tag, step, time, value);
    this.#seen(time);
  }

  hparams(content: HparamsContent): void {
    if (content.params.length > 0) this.params = content.params;
    if (content.ended !== null) this.ended = content.ended;
  }

  onMedia(media: LoggedMedia): void {
    this.#seen(media.time);
    const { tag, texts } = media;
    if (media.kind === 'text') {
      const before = this.#texts.get(tag);
      const several = before !== undefined && (before.text === null || before.step !== media.step);
      const text = several ? null : texts.join('\n').slice(0, longestTag);
      this.#texts.set(tag, { step: media.step, text });
    }
    // Only where it lies is kept.
    this.media.push(texts.length === 0 ? media : { ...media, texts: [] });
  }

  get empty(): boolean {
    return this.count === 0 && this.params.length === 0 && this.ended === null;
  }

  /** Texts that were logged at one step: those over steps are looked at beside images, with a slider. */
  get texts(): Record<string, string> {
    const all = [...this.#texts].filter(([, { text }]) => text !== null);
    return Object.fromEntries(all.map(([tag, { text }]) => [tag, text as string]));
  }

  get tags(): string[] {
    return this.#scalars.keys;
  }

  series(options: { readonly reset: boolean }): ImportedSeries[] {
    return this.#scalars.series(options);
  }

  #seen(time: number): void {
    this.count += 1;
    if (time < this.first) this.first = time;
    if (time > this.last) this.last = time;
  }
}
