import { describe, expect, it } from 'vitest';
import type { LoggedMedia } from '../../../../src-main/formats/tfevents.ts';
import { CollectedEvents } from '../../../../src-main/importers/tensorboard/collect.ts';

function text(tag: string, step: number, said: string): LoggedMedia {
  return { kind: 'text', tag, step, time: 1000 + step, at: 0, length: 1, texts: [said] };
}

describe('texts of TensorBoard', () => {
  it('are tags where they were logged at one step, and media alone over several', () => {
    const events = new CollectedEvents();
    events.onMedia(text('config', 0, 'first'));
    events.onMedia(text('config', 0, 'again'));
    for (const step of [0, 10, 10, 20]) events.onMedia(text('samples', step, `at ${step}`));
    expect(events.texts).toEqual({ config: 'again' });
    expect(events.media).toHaveLength(6);
  });
});
