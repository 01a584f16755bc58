import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { shellChannels } from '../../../../src-main/contract/shell.ts';
import type { ElectronModule } from '../../../../src-main/shells/electron/electron.ts';
import { answerRequests } from '../../../../src-main/shells/electron/requests.ts';
import { shellText } from '../../../../src-main/shells/electron/text.ts';
import type { Windows } from '../../../../src-main/shells/electron/windows.ts';

type Answer = (event: unknown, argument: unknown) => Promise<unknown>;

function shell({ supported = true } = {}) {
  const answers = new Map<string, Answer>();
  const shown: Notice[] = [];
  class Notice extends EventEmitter {
    readonly text: unknown;
    constructor(text: unknown) {
      super();
      this.text = text;
    }
    static isSupported = () => supported;
    show = () => void shown.push(this);
  }
  const browser = { setProgressBar: vi.fn() };
  const window = { browser, toFront: vi.fn(), send: vi.fn() };
  const electron = {
    ipcMain: {
      on: () => {},
      handle: (channel: string, answer: Answer) => answers.set(channel, answer),
    },
    BrowserWindow: { fromWebContents: () => browser },
    Notification: Notice,
  };
  answerRequests(
    electron as unknown as ElectronModule,
    { of: () => window } as unknown as Windows,
    shellText('en'),
  );
  const event = { senderFrame: { parent: null, url: 'app://cairn/index.html' }, sender: {} };
  const ask = async (channel: string, argument: unknown) => answers.get(channel)?.(event, argument);
  return { ask, shown, window, browser };
}

const run = '0123456789abcdef0123456789abcdef';

describe('a message of the system’s', () => {
  it('says what the page says, and leads back to the run', async () => {
    const { ask, shown, window } = shell();
    await ask(shellChannels.notify, { title: '02.7 wider-net', body: 'Finished', run });
    expect(shown.map(({ text }) => text)).toEqual([{ title: '02.7 wider-net', body: 'Finished' }]);
    expect(window.toFront).not.toHaveBeenCalled();
    shown[0]?.emit('click');
    expect(window.toFront).toHaveBeenCalledOnce();
    expect(window.send).toHaveBeenCalledExactlyOnceWith({ type: 'show-run', run });
  });

  it('of several runs only brings the window up', async () => {
    const { ask, shown, window } = shell();
    await ask(shellChannels.notify, { title: '5 runs ended', body: '…', run: null });
    shown[0]?.emit('click');
    expect(window.toFront).toHaveBeenCalledOnce();
    expect(window.send).not.toHaveBeenCalled();
  });

  it('is left out where the system has none, and refused when it is not one', async () => {
    const { ask, shown } = shell({ supported: false });
    await ask(shellChannels.notify, { title: 'a', body: 'b', run: null });
    for (const wrong of [
      null,
      'text',
      { title: 'a', body: 'b', run: '../x' },
      { title: 7, body: 'b', run },
    ]) {
      await expect(ask(shellChannels.notify, wrong)).rejects.toMatchObject({ code: 'invalid' });
    }
    expect(shown).toEqual([]);
  });
});

describe('the task bar', () => {
  it('shows how far the work is, that there is some, or nothing', async () => {
    const { ask, browser } = shell();
    await ask(shellChannels.setProgress, { fraction: 0.25 });
    await ask(shellChannels.setProgress, { fraction: null });
    await ask(shellChannels.setProgress, null);
    expect(browser.setProgressBar.mock.calls).toEqual([[0.25], [2], [-1]]);
  });

  it.each([{ fraction: 7 }, { fraction: -1 }, { fraction: Number.NaN }, { fraction: '1' }, 3])(
    'refuses %j',
    async (wrong) => {
      const { ask, browser } = shell();
      await expect(ask(shellChannels.setProgress, wrong)).rejects.toMatchObject({
        code: 'invalid',
      });
      expect(browser.setProgressBar).not.toHaveBeenCalled();
    },
  );
});
