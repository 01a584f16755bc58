import { expect, it } from 'vitest';
import { en } from '../../../../src-renderer/i18n/en/index.ts';
import { preferredLocale } from '../../../../src-renderer/i18n/index.ts';
import { zh } from '../../../../src-renderer/i18n/zh/index.ts';

type Tree = { readonly [key: string]: string | Tree };

/** `namespace.key` → text. Chinese has no singular: `_one` is left out. */
function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') {
      if (!key.endsWith('_one')) found.set(prefix + key, value);
    } else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) found.set(inner, text);
  }
  return found;
}

const english = flatten(en);
const chinese = flatten(zh as Tree);

/** Names that are the same in every language, and signs that stand for themselves. */
const sameInBoth =
  /^(Cairn|Git|GPU|Python|MD5|ID|DVC|CSV|PNG|SVG|SHA-256|L2|‖Σ?Δ‖|URI|…|–|\W*(\{\{\w+\}\}\W*)+)$/;

it('has every key in both languages', () => {
  expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
});

it('puts the same variables into both', () => {
  const variables = (text: string): string[] =>
    [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] as string).sort();
  for (const [key, text] of english) {
    const translated = variables(chinese.get(key) ?? '');
    expect(`${key}: ${[...new Set(translated)]}`).toBe(`${key}: ${[...new Set(variables(text))]}`);
  }
});

it('has no empty text, and nothing left in English', () => {
  const empty = [...english, ...chinese].filter(([, text]) => text.trim() === '');
  expect(empty).toEqual([]);
  const untranslated = [...english].filter(
    ([key, text]) => chinese.get(key) === text && !sameInBoth.test(text),
  );
  expect(untranslated).toEqual([]);
});

it('gives every plural a singular in English', () => {
  const keys = new Set(allKeys(en));
  const plurals = [...keys].filter((key) => key.endsWith('_other'));
  expect(plurals.length).toBeGreaterThan(5);
  for (const plural of plurals) expect(keys).toContain(plural.replace(/_other$/, '_one'));
});

it('chooses the first language it can speak', () => {
  expect(preferredLocale(['fr-FR', 'zh-TW', 'en'])).toBe('zh');
  expect(preferredLocale(['de', 'en-GB', 'zh'])).toBe('en');
  expect(preferredLocale(['ja'])).toBe('en');
});

function allKeys(tree: Tree, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : allKeys(value, `${prefix}${key}.`),
  );
}
