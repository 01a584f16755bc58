/** Gathers what one event file says, until it is handed over. */

import type { EventSink, LoggedMedia } from '../../formats/tfevents.ts';
import type { HparamsContent } from '../../formats/tfevents-hparams.ts';
import type { Points } from '../../store/points.ts';

/** A text longer than this is cut where it is shown as a tag; the whole stays in the file. */
const longestTag = 8000;

/** Three columns that grow. */
class GrowingPoints {
  #steps = new Float64Array(64);
  #times = new Float64Array(64);
  #values = new Float64Array(64);
  #length = 0;

  add(step: number, time: number, value: number): void {
    if (this.#length === this.#values.length) this.#grow();
    this.#steps[this.#length] = step;
    this.#times[this.#length] = time;
    this.#values[this.#length++] = value;
  }

  get points(): Points {
    return {
      steps: this.#steps.slice(0, this.#length),
      times: this.#times.slice(0, this.#length),
      values: this.#values.slice(0, this.#length),
    };
  }

  #grow(): void {
    const double = (column: Float64Array<ArrayBuffer>) => {
      const larger = new Float64Array(2 * column.length);
      larger.set(column);
      return larger;
    };
    this.#steps = double(this.#steps);
    this.#times = double(this.#times);
    this.#values = double(this.#values);
  }
}

export class CollectedEvents implements EventSink {
  readonly #scalars = new Map<string, GrowingPoints>();
  readonly media: LoggedMedia[] = [];
  readonly texts: Record<string, string> = {};
  params: HparamsContent['params'] = [];
  ended: HparamsContent['ended'] = null;
  /** Epoch ms of the first and the last event. */
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;
  count = 0;

  scalar(tag: string, step: number, time: number, value: number): void {
    let points = this.#scalars.get(tag);
    if (points === undefined) {
      points = new GrowingPoints();
      this.#scalars.set(tag, points);
    }
    points.add(step, time, value);
    this.#seen(time);
  }

  hparams(content: HparamsContent): void {
    if (content.params.length > 0) this.params = content.params;
    if (content.ended !== null) this.ended = content.ended;
  }

  onMedia(media: LoggedMedia): void {
    this.#seen(media.time);
    const { tag, texts } = media;
    if (media.kind === 'text') this.texts[tag] = texts.join('\n').slice(0, longestTag);
    // Only where it lies is kept.
    this.media.push(texts.length === 0 ? media : { ...media, texts: [] });
  }

  get empty(): boolean {
    return this.count === 0 && this.params.length === 0 && this.ended === null;
  }

  get tags(): string[] {
    return [...this.#scalars.keys()];
  }

  series(): { tag: string; points: Points }[] {
    return [...this.#scalars].map(([tag, growing]) => ({ tag, points: growing.points }));
  }

  #seen(time: number): void {
    this.count += 1;
    if (time < this.first) this.first = time;
    if (time > this.last) this.last = time;
  }
}
