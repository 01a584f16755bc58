import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../../../../src-main/base/logger.ts';
import { CoreProcess } from '../../../../src-main/shells/electron/core-process.ts';

class FakeChild extends EventEmitter {
  readonly posted: Array<{ message: unknown; ports: unknown[] }> = [];
  readonly kill = vi.fn();
  postMessage(message: unknown, ports: unknown[]): void {
    this.posted.push({ message, ports });
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start() {
  const children: FakeChild[] = [];
  let channels = 0;
  const electron = {
    MessageChannelMain: class {
      readonly port1 = `core end ${++channels}`;
      readonly port2 = `page end ${channels}`;
    },
    utilityProcess: {
      fork: vi.fn(() => {
        children.push(new FakeChild());
        return children.at(-1);
      }),
    },
  };
  const onFell = vi.fn();
  const onGivenUp = vi.fn((_retry: () => void) => {});
  const core = new CoreProcess(electron as never, {
    entry: '/out/main/core.js',
    logger: createLogger('error', () => {}),
    onMessage: () => {},
    onFell,
    onGivenUp,
  });
  const last = () => children.at(-1) as FakeChild;
  const ready = () => last().emit('message', { type: 'ready' });
  return { core, children, last, ready, onFell, onGivenUp };
}

describe('the core of a window', () => {
  it('is given a port when it is up, and again for each page that asks', () => {
    const { core, last, ready } = start();
    const given: unknown[] = [];
    core.connect(
      () => null,
      (port) => given.push(port),
    );
    expect(given).toEqual([]);
    ready();
    core.connect(
      () => '/p',
      (port) => given.push(port),
    );
    expect(given).toEqual(['page end 1', 'page end 2']);
    expect(last().posted).toEqual([
      { message: { type: 'connect', folder: null }, ports: ['core end 1'] },
      { message: { type: 'connect', folder: '/p' }, ports: ['core end 2'] },
    ]);
  });

  it('is put up again when it falls, and told what was open', () => {
    const { core, children, last, ready, onFell } = start();
    ready();
    last().emit('exit', 139);
    expect(onFell).toHaveBeenCalledOnce();
    const give = vi.fn();
    core.connect(() => '/project', give);
    expect(children).toHaveLength(1);
    vi.advanceTimersByTime(250);
    expect(children).toHaveLength(2);
    expect(give).not.toHaveBeenCalled();
    ready();
    expect(give).toHaveBeenCalledOnce();
    expect(last().posted[0]?.message).toEqual({ type: 'connect', folder: '/project' });
  });

  it('is given up after falling again and again, until the user says otherwise', () => {
    const { children, last, onGivenUp } = start();
    for (let i = 0; i < 6; i++) {
      last().emit('exit', 1);
      vi.advanceTimersByTime(10_000);
    }
    expect(children).toHaveLength(6);
    expect(onGivenUp).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(100_000);
    expect(children).toHaveLength(6);
    onGivenUp.mock.calls[0]?.[0]();
    expect(children).toHaveLength(7);
  });

  it('ends when told to, by force if it must, and stays down', () => {
    const { core, children, last, ready, onFell } = start();
    ready();
    core.end();
    expect(last().posted.at(-1)?.message).toEqual({ type: 'end' });
    vi.advanceTimersByTime(3000);
    expect(last().kill).toHaveBeenCalledOnce();
    last().emit('exit', 0);
    vi.advanceTimersByTime(100_000);
    expect(children).toHaveLength(1);
    expect(onFell).not.toHaveBeenCalled();
  });

  it('does not come up after the window closed while it was down', () => {
    const { core, children, last } = start();
    last().emit('exit', 1);
    core.end();
    vi.advanceTimersByTime(100_000);
    expect(children).toHaveLength(1);
  });
});
