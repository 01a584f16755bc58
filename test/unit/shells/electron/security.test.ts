import { EventEmitter } from 'node:events';
import type { IpcMainInvokeEvent, Session, WebContents } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { createLogger } from '../../../../src-main/base/logger.ts';
import {
  hardenContents,
  hardenSession,
  trustedSender,
} from '../../../../src-main/shells/electron/security.ts';

const logger = createLogger('error', () => {});

function contents() {
  const emitter = new EventEmitter();
  let handler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  const fake = Object.assign(emitter, {
    setWindowOpenHandler: (next: typeof handler) => {
      handler = next;
    },
  });
  const openExternal = vi.fn(async (_address: string) => {});
  let time = 0;
  hardenContents(fake as unknown as WebContents, openExternal, logger, () => time);
  return {
    openExternal,
    open: (url: string) => handler({ url }).action,
    press: (type = 'mouseDown') => emitter.emit('input-event', {}, { type }),
    wait: (ms: number) => {
      time += ms;
    },
    /** Whether the program let it happen. */
    emit(event: string, url: string): boolean {
      const preventDefault = vi.fn();
      emitter.emit(event, { url, preventDefault });
      return preventDefault.mock.calls.length === 0;
    },
  };
}

describe('a window', () => {
  it('never leaves its page, in no frame and by no redirect', () => {
    const page = contents();
    const events = ['will-navigate', 'will-frame-navigate', 'will-redirect'];
    for (const event of events) {
      for (const url of [
        'https://example.com/',
        'file:///etc/passwd',
        'app://evil/',
        'about:blank',
      ]) {
        expect(page.emit(event, url), `${event} ${url}`).toBe(false);
      }
      expect(page.emit(event, 'app://cairn/index.html#/run/1')).toBe(true);
    }
    expect(page.emit('will-attach-webview', '')).toBe(false);
    expect(page.openExternal).not.toHaveBeenCalled();
  });

  it('opens no other, and a link only when the user pressed something just before', () => {
    const page = contents();
    expect(page.open('https://example.com/')).toBe('deny');
    expect(page.openExternal).not.toHaveBeenCalled();

    page.press('mouseMove');
    page.open('https://example.com/');
    expect(page.openExternal).not.toHaveBeenCalled();

    page.press();
    page.wait(500);
    expect(page.open('https://example.com/a')).toBe('deny');
    expect(page.openExternal).toHaveBeenCalledExactlyOnceWith('https://example.com/a');
    // One press, one link.
    page.open('https://example.com/b');
    expect(page.openExternal).toHaveBeenCalledOnce();

    page.press('rawKeyDown');
    page.wait(3000);
    page.emit('will-navigate', 'https://example.com/c');
    expect(page.openExternal).toHaveBeenCalledOnce();
    page.press();
    page.emit('will-navigate', 'https://example.com/d');
    expect(page.openExternal).toHaveBeenLastCalledWith('https://example.com/d');
  });

  it('opens nothing but the web', () => {
    const page = contents();
    for (const url of [
      'file:///etc/passwd',
      'smb://host/x',
      'cairn://open?path=/',
      'javascript:1',
    ]) {
      page.press();
      expect(page.open(url)).toBe('deny');
    }
    expect(page.openExternal).not.toHaveBeenCalled();
  });
});

describe('a session', () => {
  function hardened() {
    const emitter = new EventEmitter();
    const fake = Object.assign(emitter, {
      setPermissionRequestHandler: vi.fn(),
      setPermissionCheckHandler: vi.fn(),
      setDevicePermissionHandler: vi.fn(),
      webRequest: { onBeforeRequest: vi.fn() },
    });
    hardenSession(fake as unknown as Session);
    return fake;
  }

  it('grants nothing but copying, and that to its own page', () => {
    const session = hardened();
    const request = session.setPermissionRequestHandler.mock.calls[0]?.[0];
    const check = session.setPermissionCheckHandler.mock.calls[0]?.[0];
    const asked = (permission: string, requestingUrl: string) => {
      const answer = vi.fn();
      request(null, permission, answer, { requestingUrl });
      return answer.mock.calls[0]?.[0];
    };
    const own = 'app://cairn/index.html';
    expect(asked('clipboard-sanitized-write', own)).toBe(true);
    expect(check(null, 'clipboard-sanitized-write', 'app://cairn')).toBe(true);
    expect(check(null, 'clipboard-sanitized-write', 'app://cairn/')).toBe(true);
    expect(asked('clipboard-sanitized-write', 'https://example.com/')).toBe(false);
    expect(check(null, 'clipboard-sanitized-write', 'https://example.com')).toBe(false);
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
    ]) {
      expect(asked(permission, own)).toBe(false);
      expect(check(null, permission, 'app://cairn')).toBe(false);
    }
    expect(session.setDevicePermissionHandler.mock.calls[0]?.[0]()).toBe(false);
  });

  it('has no network', () => {
    const [filter, listener] = hardened().webRequest.onBeforeRequest.mock.calls[0] ?? [];
    expect(filter.urls).toEqual(expect.arrayContaining(['http://*/*', 'https://*/*', 'wss://*/*']));
    const answer = vi.fn();
    listener({ url: 'https://example.com/' }, answer);
    expect(answer).toHaveBeenCalledExactlyOnceWith({ cancel: true });
  });

  it('saves what the page made, and downloads nothing', () => {
    const session = hardened();
    const saved = (url: string) => {
      const preventDefault = vi.fn();
      session.emit('will-download', { preventDefault }, { getURL: () => url });
      return preventDefault.mock.calls.length === 0;
    };
    expect(saved('blob:app://cairn/0a1b')).toBe(true);
    expect(saved('https://example.com/x.exe')).toBe(false);
    expect(saved('blob:app://cairn.evil/0a1b')).toBe(false);
    expect(saved('data:text/html,x')).toBe(false);
  });
});

describe('a sender', () => {
  const window = { id: 1 };
  const electron = { BrowserWindow: { fromWebContents: () => window } };
  const event = (senderFrame: object | null) =>
    ({ sender: {}, senderFrame }) as unknown as IpcMainInvokeEvent;
  const sender = (frame: object | null) => trustedSender(electron as never, event(frame));

  it('is trusted as the top frame of the window’s page, and as nothing else', () => {
    expect(sender({ url: 'app://cairn/index.html', parent: null })).toBe(window);
    expect(sender({ url: 'app://cairn/index.html', parent: {} })).toBeNull();
    expect(sender({ url: 'https://example.com/', parent: null })).toBeNull();
    expect(sender({ url: 'app://evil/index.html', parent: null })).toBeNull();
    expect(sender({ url: '', parent: null })).toBeNull();
    expect(sender(null)).toBeNull();
  });
});
