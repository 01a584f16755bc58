import { describe, expect, it } from 'vitest';
import { changedParams } from '../../../../src-renderer/features/runs/changed-params.ts';
import {
  emptyCommand,
  emptyPipeline,
  toDraft,
  toSpec,
} from '../../../../src-renderer/features/runs/draft.ts';
import { LogBuffer } from '../../../../src-renderer/features/runs/log-buffer.ts';
import { moveBefore } from '../../../../src-renderer/features/runs/order.ts';
import { joinCommand, splitCommand } from '../../../../src-renderer/features/runs/split-command.ts';
import { parseAnsi, plain, stripAnsi } from '../../../../src-renderer/ui/ansi.ts';

const esc = '\u001b';

describe('command lines', () => {
  it.each([
    ['python train.py --lr 0.01', ['python', 'train.py', '--lr', '0.01']],
    ['  echo  "two words" \'and "these"\' ', ['echo', 'two words', 'and "these"']],
    ['a\\ b "c\\"d" ""', ['a b', 'c"d', '']],
    ['C:\\tools\\python.exe -m x', ['C:\\tools\\python.exe', '-m', 'x']],
    ["--x='a b'c", ['--x=a bc']],
    ['', []],
  ])('splits %s', (line, argv) => {
    expect(splitCommand(line)).toEqual(argv);
  });

  it('says when a quotation mark is open', () => {
    expect(splitCommand('echo "x')).toBeNull();
    expect(toSpec({ ...emptyCommand, line: 'echo "x' })).toBeNull();
    expect(toSpec(emptyCommand)).toBeNull();
  });

  it('makes what the core is asked to start', () => {
    expect(
      toSpec({ ...emptyCommand, line: 'make all', metricsFiles: ' a.jsonl, b.csv ,' }),
    ).toEqual({
      kind: 'command',
      argv: ['make', 'all'],
      cwd: '.',
      metricsFiles: ['a.jsonl', 'b.csv'],
    });
    expect(toSpec({ ...emptyPipeline, params: { 'params.yaml:lr': '1e-3' } })).toMatchObject({
      setParams: ['params.yaml:lr=1e-3'],
    });
  });
});

describe('terminal colours', () => {
  it('become spans', () => {
    const { spans } = parseAnsi(`${esc}[1;31mred${esc}[0m plain ${esc}[38;5;208morange${esc}[39m.`);
    expect(spans.map((span) => span.text)).toEqual(['red', ' plain ', 'orange', '.']);
    expect(spans[0]?.style).toMatchObject({ color: 'var(--ansi-red)', bold: true });
    expect(spans[1]?.style).toEqual(plain);
    expect(spans[2]?.style.color).toBe('rgb(255 135 0)');
  });

  it('carry over to the next line, and take true colour', () => {
    const first = parseAnsi(`${esc}[48;2;10;20;30mx`);
    expect(parseAnsi('y', first.style).spans[0]?.style.background).toBe('rgb(10 20 30)');
  });

  it('leave out what would move a cursor or name a window, and show what is not text', () => {
    expect(stripAnsi(`${esc}]0;title\u0007a${esc}[2Kb${esc}[3;4Hc`)).toBe('abc');
    expect(stripAnsi('a\u0000b\tc')).toBe('a\ufffdb\tc');
    expect(stripAnsi(`cut ${esc}[3`)).toBe('cut \ufffd[3');
  });
});

describe('the log', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it('cuts lines wherever chunks are cut, characters included', () => {
    const log = new LogBuffer();
    const all = bytes('één\n数据\nlast');
    for (const byte of all) log.push(Uint8Array.of(byte));
    expect([...log.texts()]).toEqual(['één', '数据', 'last']);
  });

  it('shows a progress bar as one line', () => {
    const log = new LogBuffer();
    log.push(bytes('10 %\r50 %\r'));
    log.push(bytes('100 %\ndone\r\n'));
    expect([...log.texts()]).toEqual(['100 %', 'done']);
  });

  it('knows where its lines begin', () => {
    const log = new LogBuffer(true, 100);
    const push = (text: string) => log.push(new TextEncoder().encode(text));
    push('of a line\ngrün');
    push('\n\nlast');
    expect([110, 116, 117].map((offset) => log.indexAt(offset))).toEqual([0, 1, 2]);
    expect([100, 111, 200].map((offset) => log.indexAt(offset))).toEqual([-1, -1, -1]);
    expect(log.end).toBe(121);
  });

  it('leaves out the torn first line of a log read from its middle', () => {
    const log = new LogBuffer(true);
    log.push(bytes('orn line\nwhole\n'));
    expect([...log.texts()]).toEqual(['whole']);
  });

  it('breaks lines without end', () => {
    const log = new LogBuffer();
    log.push(bytes('x'.repeat(10_001)));
    expect([...log.texts()].map((line) => line.length)).toEqual([4000, 4000, 2001]);
  });
});

it('says which params were added, removed and changed', () => {
  expect(changedParams({ a: '1', b: '2', c: '3' }, { b: '2', c: '4', d: '5' })).toEqual([
    { key: 'a', before: '1', after: null },
    { key: 'c', before: '3', after: '4' },
    { key: 'd', before: null, after: '5' },
  ]);
});

it('moves one in front of another', () => {
  expect(moveBefore(['a', 'b', 'c'], 'c', 'a')).toEqual(['c', 'a', 'b']);
  expect(moveBefore(['a', 'b', 'c'], 'a', null)).toEqual(['b', 'c', 'a']);
  expect(moveBefore(['a', 'b'], 'a', 'a')).toEqual(['a', 'b']);
  expect(moveBefore(['a', 'b'], 'a', 'gone')).toEqual(['a', 'b']);
});

it.each([
  [['python', 'a b.py', '', '--x="1"', "it's", 'C:\\data\\x y', 'tab\there']],
  [['train']],
  [['$HOME', '*']],
])('joins arguments so that they split again: %j', (argv) => {
  expect(splitCommand(joinCommand(argv))).toEqual(argv);
});

it('types a run as it was asked for', () => {
  const spec = {
    ...{ kind: 'pipeline' as const, targets: ['train'], jobs: 2, force: true, singleItem: false },
    ...{ downstream: false, keepGoing: true, setParams: ['params.yaml:lr=1=2', 'deep=3'] },
  };
  const draft = toDraft(spec);
  expect(draft).toMatchObject({ params: { 'params.yaml:lr': '1=2', deep: '3' } });
  expect(toSpec(draft)).toEqual(spec);
  const given = ['lr=0.1', 'text=a=b'];
  const notebook = { kind: 'notebook' as const, path: 'a.ipynb', params: given, kernel: 'ir' };
  const again = toDraft(notebook);
  expect(again).toMatchObject({ params: { lr: '0.1', text: 'a=b' } });
  expect(toSpec(again)).toEqual(notebook);
});
