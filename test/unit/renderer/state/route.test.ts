import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatPlace,
  formatRoute,
  home,
  parsePlace,
  parseRoute,
  to,
  views,
} from '../../../../src-renderer/state/route.ts';

describe('addresses', () => {
  it.each([
    ['#/timeline', to('timeline')],
    ['#/runs', to('runs')],
    ['#/run/02.7', to('run', ['02.7'])],
    ['#/compare/02.6/02.7', to('compare', ['02.6', '02.7'])],
    ['#/run/02.7?tab=log&stage=train', to('run', ['02.7'], { tab: 'log', stage: 'train' })],
  ])('reads %s', (address, route) => {
    expect(parsePlace(address)?.main).toEqual(route);
    expect(`#${formatRoute(route)}`).toBe(address);
  });

  it('is home without an address, and nowhere with an unknown one', () => {
    expect(parsePlace('')).toEqual({ main: home, beside: null });
    expect(parsePlace('#/nonsense')).toBeNull();
    expect(parseRoute('/run/%E0%A4%A')).toBeNull();
  });

  it.each([
    ['#/compare/HEAD~1/HEAD', ['HEAD~1', 'HEAD'], null],
    ['#/compare/HEAD~/runs', ['HEAD'], to('runs')],
    ['#/compare/HEAD~/runs-old', ['HEAD~', 'runs-old'], null],
    ['#/compare/a~2/b~1~/run/02.7', ['a~2', 'b~1'], to('run', ['02.7'])],
  ])('takes a tilde that somebody typed for their revision: %s', (address, parts, beside) => {
    expect(parsePlace(address)).toEqual({ main: to('compare', parts), beside });
  });

  it('keeps two views apart even when a revision has a tilde', () => {
    const place = {
      main: to('diff', ['HEAD~2', 'abc~1']),
      beside: to('run', ['02.7'], { q: '~' }),
    };
    expect(parsePlace(formatPlace(place))).toEqual(place);
  });

  it('leaves out options that are not set', () => {
    expect(to('run', ['1'], { tab: undefined, stage: '' }).query).toEqual({});
  });

  it('says the same after being written and read, whatever the parts are', () => {
    const text = fc.string({ minLength: 1, unit: 'grapheme' });
    const route = fc.record({
      view: fc.constantFrom(...views),
      parts: fc.array(text, { maxLength: 3 }),
      query: fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true }),
    });
    fc.assert(
      fc.property(route, fc.option(route), (main, beside) => {
        const place = { main, beside };
        expect(parsePlace(formatPlace(place))).toEqual(place);
      }),
    );
  });
});
