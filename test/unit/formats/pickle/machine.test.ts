import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTensorFile } from '../../../../src-main/formats/tensors.ts';
import { p, pickleBytes } from '../../../support/pickle-bytes.ts';
import { expectedOf } from '../../../support/tensor-fixtures.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-pickle-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function open(content: Buffer | string, name = 'x.pkl') {
  const path = join(folder, name);
  writeFileSync(path, content);
  return openTensorFile(path);
}

/** What the values of a dict are shown as. */
async function shown(content: Buffer | string): Promise<Record<string, string>> {
  return Object.fromEntries((await open(content)).metadata);
}

describe('values of a pickle', () => {
  it('are those that Python wrote, in each protocol', async () => {
    const fixtures = join(import.meta.dirname, '../../../fixtures/models/pickle');
    const expected = expectedOf(fixtures) as unknown as Record<string, Record<string, string>>;
    for (let protocol = 0; protocol <= 5; protocol++) {
      const name = `values-${protocol}.pkl`;
      expect(await shown(readFileSync(join(fixtures, name))), name).toEqual(expected[name]);
    }
  });

  it('can be written in the ways of old', async () => {
    const text =
      "(dp0\nS'a'\np1\nI01\nsS'b'\nL-12L\nsS'c'\nF-inf\nsVd\\u00e9\ng1\nsS'x\\x41\\n'\n(I1\nI2\nlp2\ns.";
    expect(await shown(text)).toEqual({
      a: 'True',
      b: '-12',
      c: '-inf',
      dé: 'a',
      'xA\n': '[1, 2]',
    });
  });

  it('are found where dicts of the standard library hold them', async () => {
    const ordered = p.sequence(
      p.call(p.global('collections', 'OrderedDict'), p.list(p.list(p.text('a'), p.int(1)))),
      p.raw('('),
      p.text('b'),
      p.int(2),
      p.raw('u'),
    );
    const byDefault = p.sequence(
      p.call(p.global('collections', 'defaultdict'), p.global('builtins', 'list')),
      p.text('c'),
      p.tuple(p.int(3)),
      p.raw('s'),
    );
    const all = p.dict([p.text('x'), ordered], [p.text('y'), byDefault]);
    expect(await shown(pickleBytes(all))).toEqual({ 'x.a': '1', 'x.b': '2', 'y.c': '(3)' });
  });

  it('are kept under keys that mean something to JavaScript', async () => {
    const all = p.dict([p.text('__proto__'), p.int(1)], [p.text('constructor'), p.int(2)]);
    expect((await open(pickleBytes(all))).metadata).toEqual(
      new Map([
        ['__proto__', '1'],
        ['constructor', '2'],
      ]),
    );
  });

  it('may hold themselves, and are walked through once', async () => {
    const cyclic = p.sequence(
      p.raw('}q\x01'),
      p.text('a'),
      p.raw('h\x01s'),
      p.text('b'),
      p.int(1),
      p.raw('s'),
    );
    expect(await shown(pickleBytes(cyclic))).toEqual({ b: '1' });
  });
});

describe('a pickle that means harm', () => {
  it.each<[string, Buffer]>([
    ['a call', p.call(p.global('os', 'system'), p.text('touch owned'))],
    ['a name of protocol 4', p.sequence(p.text('nt'), p.text('system'), p.raw('\x93'))],
    ['a name that nobody calls', p.global('subprocess', 'Popen')],
    ['a way through a module', p.sequence(p.text('torch'), p.text('os.system'), p.raw('\x93'))],
    [
      'a way through a class',
      p.sequence(p.text('sklearn.base'), p.text('X.__init__.__globals__'), p.raw('\x93')),
    ],
    ['a class of a submodule', p.global('sklearn.utils.subprocess', 'Popen')],
    ['INST', p.raw('(ios\nsystem\n')],
    ['OBJ', p.sequence(p.raw('('), p.global('builtins', 'eval'), p.text('1'), p.raw('o'))],
    ['a value that was dropped', p.sequence(p.global('runpy', 'run_path'), p.raw('0N'))],
    ['Python 2', p.call(p.global('__builtin__', 'eval'), p.text('1'))],
    ['importing', p.call(p.global('importlib', 'import_module'), p.text('x'))],
    ['code of its own', p.global('types', 'CodeType')],
    ['a pickle within', p.global('torch.storage', '_load_from_bytes')],
    ['fetching', p.global('torch.hub', 'load')],
    ['reaching for attributes', p.global('operator', 'attrgetter')],
    ['a known bypass of scanners', p.global('pip', 'main')],
    ['another', p.global('numpy.testing._private.utils', 'runstring')],
    ['one more', p.global('cProfile', 'runctx')],
    ['a shell with a terminal', p.global('pty', 'spawn')],
  ])('is called dangerous: %s', async (_, code) => {
    const file = await open(pickleBytes(code));
    expect(file.badge).toBe('dangerous');
    expect(file.findings).toEqual([expect.stringMatching(/^It names .* can run code/)]);
  });

  it('has its unknown names listed, and only a number of them', async () => {
    const file = await open(pickleBytes(p.call(p.global('my.models', 'Net'), p.int(1))));
    expect(file).toMatchObject({
      badge: 'unknown-globals',
      metadata: new Map([['class', 'my.models.Net']]),
    });
    expect(file.findings).toEqual(['It names my.models.Net, which is not known to be harmless.']);
    const many = Array.from({ length: 120 }, (_, index) => p.global('m', `C${index}`));
    const { findings } = await open(pickleBytes(p.list(...many)));
    expect(findings).toHaveLength(51);
    expect(findings.at(-1)).toBe('It names 70 more.');
    expect((await open(pickleBytes(p.raw('\x82\x05')))).badge).toBe('unknown-globals');
  });

  it('cannot hide a dangerous name behind many others', async () => {
    const decoys = Array.from({ length: 25_000 }, (_, index) => p.global('m', `C${index}`));
    const file = await open(pickleBytes(p.list(...decoys, p.global('os', 'system'))));
    expect(file.badge).toBe('dangerous');
    expect(file.findings[0]).toContain('os.system');
  });

  it('is called ambiguous when something follows it', async () => {
    const file = await open(Buffer.concat([pickleBytes(p.none), pickleBytes(p.none)]));
    expect(file).toMatchObject({
      badge: 'ambiguous',
      findings: [expect.stringContaining('4 bytes')],
    });
  });

  it('stays dangerous when something follows it', async () => {
    const file = await open(
      Buffer.concat([pickleBytes(p.global('os', 'system')), Buffer.from('x')]),
    );
    expect(file.badge).toBe('dangerous');
  });
});

describe('a broken pickle', () => {
  const huge = Buffer.alloc(8, 0x7f);
  it.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), 'ends inside'],
    ['no STOP', p.none, 'ends inside'],
    ['an unknown opcode', p.raw('\xff.'), 'unknown instruction'],
    ['a protocol of the future', p.raw('\x80\x06N.'), 'newer than 5'],
    ['text longer than the file', p.raw('X\xff\xff\xff\x7fab.'), 'ends inside'],
    ['bytes longer than the file', Buffer.concat([p.raw('\x8e'), huge, p.raw('.')]), 'ends inside'],
    [
      'a frame longer than the file',
      Buffer.concat([p.raw('\x95'), huge, p.raw('N.')]),
      'ends inside',
    ],
    ['a number of a gigabyte', p.raw('\x8b\x00\x00\x00\x40.'), 'too long'],
    ['a number of negative length', p.raw('\x8b\xff\xff\xff\xff.'), 'too long'],
    ['a number that is none', p.raw('Itwo\n.'), 'number'],
    ['an endless number', p.raw(`I${'9'.repeat(5000)}\n.`), 'line in it is too long'],
    ['an empty stack', p.raw('.'), 'not there'],
    ['a stack below its mark', p.raw('N(\x85.'), 'not there'],
    ['values left over', p.raw('NN.'), 'left over'],
    ['a mark left over', p.raw('N(.'), 'not there'],
    ['an empty memo', p.raw('h\x01.'), 'refers to a value'],
    ['no mark', p.raw('t.'), 'not there'],
    ['a key without a value', p.sequence(p.raw('('), p.none, p.raw('d.')), 'has no value'],
    ['keys set in a list', p.raw(']NNs.'), 'no dict'],
    ['an item appended to a tuple', p.raw(')Na.'), 'no list'],
    ['a state for a number', p.raw('K\x01Nb.'), 'no object'],
    ['a state for a class', p.sequence(p.global('a', 'B'), p.raw('Nb.')), 'no object'],
    ['a call without arguments', p.sequence(p.global('a', 'B'), p.raw('NR.')), 'arguments'],
    ['a class without a name', p.sequence(p.int(1), p.int(2), p.raw('\x93.')), 'no name'],
    [
      'a class with an endless name',
      p.sequence(p.text('os'), p.text('x'.repeat(600)), p.raw('\x93.')),
      'too long',
    ],
    ['buffers outside', p.raw('\x97.'), 'outside'],
    ['marks without end', Buffer.alloc(20_000, '('), 'nested too deeply'],
    ['more containers than fit', Buffer.alloc(2_100_000, ']'), 'memory'],
  ])('is refused: %s', async (_, content, message) => {
    await expect(open(content)).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(message),
    });
  });

  it('is refused when it is nested deeper than anything sensible', async () => {
    const deep = Buffer.concat([Buffer.alloc(5000, ']'), Buffer.alloc(4999, 'a'), p.raw('.')]);
    await expect(open(deep)).rejects.toMatchObject({ message: expect.stringContaining('nested') });
  });

  it('is refused when few values refer to each other exponentially', async () => {
    // Thirty lists, each with the one before it twice.
    const levels = Array.from({ length: 30 }, (_, level) =>
      p.sequence(
        p.raw(`]q${String.fromCharCode(level + 1)}(`),
        ...(level === 0
          ? [p.raw(']]')]
          : [p.raw(`h${String.fromCharCode(level)}`), p.raw(`h${String.fromCharCode(level)}`)]),
        p.raw('e'),
      ),
    );
    await expect(open(pickleBytes(p.tuple(...levels)))).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining('too often'),
    });
  });

  it('is refused when it has one long list looked through again and again', async () => {
    const long = p.sequence(
      p.list(...Array.from({ length: 100_000 }, () => p.none)),
      p.raw('q\x01'),
    );
    const again = Array.from({ length: 2000 }, () => p.raw('h\x01'));
    await expect(open(pickleBytes(p.list(long, ...again)))).rejects.toMatchObject({
      message: expect.stringContaining('too often'),
    });
  });

  it('keeps names apart that look the same, without taking long over it', async () => {
    const array = p.sequence(
      p.call(
        p.global('numpy.core.numeric', '_frombuffer'),
        p.bytes(Buffer.alloc(4)),
        p.call(p.global('numpy', 'dtype'), p.text('f4')),
        p.tuple(p.int(1)),
        p.text('C'),
      ),
      p.raw('q\x01'),
    );
    // Keys that Python tells apart and that are shown alike.
    const keys = Array.from({ length: 20_000 }, (_, at) => p.tuple(p.list(p.list(p.int(at)))));
    const pairs = keys.map((key, at): [Buffer, Buffer] => [key, at === 0 ? array : p.raw('h\x01')]);
    const { tensors } = await open(pickleBytes(p.dict(...pairs)));
    expect(new Set(tensors.map((one) => one.name)).size).toBe(20_000);
    const [first, second] = tensors;
    expect(second?.name).toBe(`${first?.name} (2)`);
  });

  it('shows long text in part', async () => {
    const { a } = await shown(pickleBytes(p.dict([p.text('a'), p.text('x'.repeat(100_000))])));
    expect(a).toHaveLength(301);
  });

  it('never leads to anything but a sentence, whatever its bytes', async () => {
    const opcode = fc.constantFrom(
      ...'(.012IJKMLFGSTUVXBC]lae)tds}uprqghjcRbioPQN\x80\x81\x82\x85\x86\x87\x88\x89\x8a\x8c\x8f\x90\x91\x92\x93\x94\x95\x96\x98',
    );
    const piece = fc.oneof(
      { weight: 4, arbitrary: opcode.map((code) => Buffer.from(code, 'latin1')) },
      fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
      fc.constant(p.text('numpy')),
      fc.constant(p.global('numpy', 'dtype')),
      fc.constant(p.global('numpy.core.multiarray', '_reconstruct')),
      fc.constant(p.global('joblib.numpy_pickle', 'NumpyArrayWrapper')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        try {
          await open(pickleBytes(...pieces));
        } catch (error) {
          expect((error as Error).name, (error as Error).stack).toBe('CairnError');
        }
      }),
      { numRuns: 300 },
    );
  });
});
