import { describe, expect, it } from 'vitest';
import { readTagWords } from '../../../../src-main/shells/cli/commands/tag.ts';

describe('the words of “cairn tag”', () => {
  it('tells runs from tags', () => {
    expect(
      readTagWords(['02.7', '+good', 'abcd1234', '-bad', 'kind=a=b', '+n=1', 'empty=']),
    ).toEqual({
      references: ['02.7', 'abcd1234'],
      addTags: { good: '', kind: 'a=b', n: '1', empty: '' },
      removeTags: ['bad'],
    });
  });

  it('takes the last word on a tag', () => {
    expect(readTagWords(['1.1', 'a=1', 'a=2']).addTags).toEqual({ a: '2' });
  });

  it('refuses words that name no tag', () => {
    for (const word of ['+', '-', '=', '=1', '+=1', '- ']) {
      expect(() => readTagWords([word]), word).toThrow('names no tag');
    }
  });

  it('takes no option for a tag', () => {
    expect(() => readTagWords(['1.1', '--json'])).toThrow('before the runs');
  });
});
