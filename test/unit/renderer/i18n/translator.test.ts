import { describe, expect, it } from 'vitest';
import { Translator } from '../../../../src-renderer/i18n/sentences/translator.ts';

const translator = new Translator({
  '{path} changed': '{path} hat sich geändert',
  '{path} is missing': '{path} fehlt',
  '{key} changed from {from} to {to}': '{key} war {from}, ist {to}',
  'cached: {*why}': 'aus dem Cache: {*why}',
  'and {#count} more': 'und {#count} weitere',
  'No {what}.{*hint}': 'Kein {what}.{*hint}',
  ' Did you mean {word}?': ' War {word} gemeint?',
  'the end; of it': 'das Ende; davon',
});

describe('Translator', () => {
  it.each([
    ['a b.csv changed', 'a b.csv hat sich geändert'],
    ['lr changed from 1 to 2', 'lr war 1, ist 2'],
    ['lr changed from {to} to $1', 'lr war {to}, ist $1'],
    ['line\nbreak changed', 'line\nbreak hat sich geändert'],
    ['and 1,000 more', 'und 1,000 weitere'],
    ['No stage.', 'Kein stage.'],
    ['No stage. Did you mean page?', 'Kein stage. War page gemeint?'],
  ])('fills the template of “%s”', (english, german) => {
    expect(translator.translate(english)).toBe(german);
  });

  it('translates parts that are sentences, and keeps those it does not know', () => {
    expect(translator.translate('cached: a changed')).toBe('aus dem Cache: a hat sich geändert');
    expect(translator.translate('cached: hm')).toBe('aus dem Cache: hm');
  });

  it('translates lists of which it knows every part', () => {
    expect(translator.translate('a changed; b is missing; and 3 more')).toBe(
      'a hat sich geändert；b fehlt；und 3 weitere',
    );
    expect(translator.translate('a; b changed')).toBe('a; b hat sich geändert');
    expect(translator.translate('the end; of it')).toBe('das Ende; davon');
  });

  it('keeps the place or the subject before a sentence', () => {
    expect(translator.translate('dvc.yaml:3:5: x is missing')).toBe('dvc.yaml:3:5: x fehlt');
    expect(translator.translate('C:\\a.yaml:3: No x.')).toBe('C:\\a.yaml:3: Kein x.');
    expect(translator.translate('a: b: and 2 more')).toBe('a: b: und 2 weitere');
  });

  it.each(['', ' changed', 'changed', 'and many more', 'what is this', 'x: y', '; ', 'No .'])(
    'knows nothing of “%s”',
    (text) => {
      expect(translator.translate(text)).toBeNull();
    },
  );

  it('is quick with long texts that fit nothing', () => {
    const start = performance.now();
    expect(translator.translate('x changed from y: '.repeat(20_000))).toBeNull();
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
