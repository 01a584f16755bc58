import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Translator } from '../../../../src-renderer/i18n/sentences/translator.ts';
import { zhSentences } from '../../../../src-renderer/i18n/zh/sentences/index.ts';
import { yamlParser } from '../../../../src-renderer/i18n/zh/sentences/yaml.ts';
import { gap, readCore } from './core-sentences.ts';

const zh = new Translator(zhSentences);
const { sentences, texts } = readCore();

/** Halves of sentences, which are translated as what they come to. */
const joined = new Set([
  `A member of ${gap} ${gap}.`,
  'is empty where compressed data should be',
  'inflates to more than its declared size',
  'cannot be inflated',
  'inflates to less than its declared size',
  'fails its checksum',
  `${gap} of stage ${gap} ${gap}.`,
  `output “${gap}” ${gap}. A path can have only one producer.`,
  `${gap} ${gap}. Its log says more.`,
  `The runner never came up${gap}`,
  ', may hold code: read without executing it',
]);

/** Names, and the messages of commits that hold snapshots. */
const untold = /^(Python ￼|Code of run ￼\n|The workspace, to compare it)$/;

describe('the sentences of the core in Chinese', () => {
  it('finds them in the source', () => {
    expect(sentences.length).toBeGreaterThan(200);
    const said = sentences.map(({ text }) => text);
    expect(said).toContain(`There is no folder ${gap}.`);
    expect(said).toContain(`${gap} changed from ${gap} to ${gap}`);
    expect(said).toContain('its command changed');
  });

  it('has each of them, with all of its values', () => {
    const lacking = sentences.filter(
      ({ text }) => !joined.has(text) && !untold.test(text) && !isTranslated(text),
    );
    expect(lacking, 'add these to src-renderer/i18n/zh/sentences').toEqual([]);
  });

  it('has none that the core does not say', () => {
    const all = texts.join('\n');
    const stale = Object.keys(zhSentences)
      .filter((english) => !(english in yamlParser))
      .filter((english) => !fixedParts(english).every((part) => isSaid(part, all)));
    expect(stale, 'the core no longer says these: change or remove them').toEqual([]);
  });

  it.each([
    ['A member of my model.npz fails its checksum.', '的校验和不符。'],
    ['A member of my model.npz is empty where compressed data should be.', '却是空的。'],
    ['A member of my model.npz inflates to more than its declared size.', '超过声明的大小。'],
    ['A member of my model.npz inflates to less than its declared size.', '不足声明的大小。'],
    ['A member of my model.npz cannot be inflated.', '无法解压。'],
    ['dvc.yaml:3:5: “wdir” of stage my stage is empty.', '阶段 my stage 的“wdir”是空的。'],
    ['an item of “deps” of stage my stage must be text.', '的“deps”中的一项必须是文本。'],
    [
      'output “a b” is listed twice in stage x. A path can have only one producer.',
      '产物“a b”在阶段 x 中列了两次。',
    ],
    [
      'output “a” of x is also an output of y (dvc.yaml:9). A path can have only one producer.',
      'x 的产物“a”也是 y 的产物（dvc.yaml:9）。',
    ],
    ['my train failed with exit code 3. Its log says more.', 'my train 失败，退出码 3。'],
    ['train was ended by SIGTERM. Its log says more.', 'train 被 SIGTERM 终止。'],
    ['train was ended by SIGKILL (out of memory, perhaps). Its log says more.', '内存不足'],
    ['The runner never came up.', '运行器始终没有启动。'],
    ['1.2 MB, may hold code: read without executing it', '1.2 MB，可能含有代码'],
    ['The runner never came up (exit code 1). Its last words: no', '（退出码 1）'],
    ['The runner ended without a word: it was killed, or the machine went down.', '机器关机'],
  ])('puts “%s” together', (english, chinese) => {
    expect(zh.translate(english)).toContain(chinese);
  });

  it('knows the words of the YAML parser', () => {
    const folder = join(import.meta.dirname, '../../../../node_modules/yaml/dist');
    const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.js'))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    const stale = Object.keys(yamlParser).filter(
      (english) => !fixedParts(english).every((part) => source.includes(part)),
    );
    expect(stale).toEqual([]);
  });
});

/** Fills the gaps, with numbers since those may stand anywhere, and looks for them again. */
function isTranslated(text: string): boolean {
  let count = 40;
  const values: string[] = [];
  const filled = text.trim().replaceAll(gap, () => {
    values.push(String(++count));
    return String(count);
  });
  return [filled, `${filled}.`].some((sentence) => {
    const translation = zh.translate(sentence);
    if (translation === null || !/\p{Script=Han}/u.test(translation)) return false;
    return values.every((value) => translation.includes(value));
  });
}

/** In one text of the source, or in a few that were put together. */
function isSaid(part: string, all: string, pieces = 3): boolean {
  if (all.includes(bare(part))) return true;
  const words = part.split(' ');
  return words.some((_, index) => {
    if (index === 0 || pieces === 1) return false;
    const [left, right] = [words.slice(0, index).join(' '), words.slice(index).join(' ')];
    return all.includes(bare(left)) && isSaid(right, all, pieces - 1);
  });
}

function bare(text: string): string {
  return text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
}

/** What a template says in so many words, without the signs around its placeholders. */
function fixedParts(template: string): string[] {
  return template
    .split(/\{[#*]?\w+\}/)
    .map(bare)
    .filter((part) => part !== '');
}
