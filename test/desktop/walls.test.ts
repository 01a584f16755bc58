/** What a page of the built program cannot do: the walls that preload, policy and main process put up. */
import { describe, expect, it } from 'vitest';
import { drivers } from './driver.ts';
import { Machine, pageOf } from './program.ts';

describe.each(drivers())('in $name', (driver) => {
  it('gives the page a handful of functions, and nothing of Node or Electron', async () => {
    const machine = new Machine(driver);
    const desktop = await machine.start();
    const page = await pageOf(desktop);
    const seen = await page.evaluate(() => {
      const scope = window as unknown as Record<string, unknown>;
      const bridge = scope.cairnShell as Record<string, unknown>;
      return {
        bridge: Object.fromEntries(
          Object.entries(bridge).map(([key, value]) => [key, typeof value]),
        ),
        frozen: Object.isFrozen(bridge),
        node: [
          'require',
          'process',
          'Buffer',
          'module',
          'global',
          'electron',
          'ipcRenderer',
        ].filter((name) => name in scope),
      };
    });
    expect(seen).toEqual({
      bridge: {
        platform: 'string',
        connect: 'function',
        pickFolder: 'function',
        pickFile: 'function',
        saveFile: 'function',
        revealPath: 'function',
        openFolder: 'function',
        pathOf: 'function',
        notify: 'function',
        setProgress: 'function',
        onMenu: 'function',
      },
      frozen: true,
      node: [],
    });
    const refused = await page.evaluate(async () => {
      const { cairnShell } = window as unknown as {
        cairnShell: Record<string, (argument: unknown) => Promise<unknown>>;
      };
      const attempts: [string, unknown][] = [
        ['openFolder', 'relative'],
        ['openFolder', 7],
        ['revealPath', '../x'],
        ['revealPath', '/a\0b'],
        ['pickFile', 'png'],
        ['pickFile', ['../x']],
        ['saveFile', ''],
        ['notify', 'done'],
        ['notify', { title: 'Done', body: 'It is done', run: '../x' }],
        ['notify', { title: '', body: 'It is done', run: null }],
        ['setProgress', { fraction: 7 }],
        ['setProgress', 'half'],
      ];
      return Promise.all(
        attempts.map(([name, argument]) =>
          cairnShell[name]?.(argument).then(
            () => `${name} answered`,
            () => 'refused',
          ),
        ),
      );
    });
    expect(new Set(refused)).toEqual(new Set(['refused']));
    await desktop.quit();
  });

  it('stays on its page, opens links only for the user, and grants no permission', async () => {
    const machine = new Machine(driver);
    const desktop = await machine.start();
    const page = await pageOf(desktop);
    await page.getByRole('heading', { name: 'Retrace every experiment' }).waitFor();
    await desktop.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = async (address) => void opened.push(address);
    });
    const opened = () =>
      desktop.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
    const address = page.url();

    await page.evaluate(() => {
      window.open('https://example.com/opened-by-script');
      location.href = 'https://example.com/left-by-script';
      const frame = document.createElement('iframe');
      frame.src = 'https://example.com/framed';
      document.body.append(frame);
    });
    await page.waitForTimeout(500);
    expect(page.url()).toBe(address);
    expect(await opened()).toEqual([]);

    await page.evaluate(() => {
      const link = (id: string, href: string, target: string) => {
        const element = document.createElement('a');
        Object.assign(element, { id, href, target, textContent: id });
        element.style.cssText = 'position: fixed; z-index: 9999; left: 300px; background: white';
        element.style.top = `${document.querySelectorAll('a[id]').length * 30}px`;
        document.body.append(element);
      };
      link('blank', 'https://example.com/new-window', '_blank');
      link('same', 'https://example.com/same-window', '');
      link('file', 'file:///etc/passwd', '_blank');
    });
    const links = ['https://example.com/new-window', 'https://example.com/same-window'];
    await page.click('#file');
    await page.waitForTimeout(500);
    expect(await opened()).toEqual([]);
    await page.click('#blank');
    await expect.poll(opened).toEqual(links.slice(0, 1));
    await page.click('#same');
    await expect.poll(opened).toEqual(links);
    expect(page.url()).toBe(address);
    expect(desktop.pages()).toHaveLength(1);

    const granted = await page.evaluate(async () => ({
      notifications: await Notification.requestPermission(),
      place: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          () => resolve('denied'),
        ),
      ),
      paste: await navigator.clipboard.readText().then(
        () => 'granted',
        () => 'denied',
      ),
      copy: await navigator.clipboard.writeText('copied').then(
        () => 'granted',
        () => 'denied',
      ),
    }));
    expect(granted).toEqual({
      notifications: 'denied',
      place: 'denied',
      paste: 'denied',
      copy: 'granted',
    });
    await desktop.quit();
  });

  it('loads its page under a policy that lets in no foreign script and no network', async () => {
    const machine = new Machine(driver);
    const desktop = await machine.start();
    const page = await pageOf(desktop);
    await page.getByRole('heading', { name: 'Retrace every experiment' }).waitFor();
    const outcome = await page.evaluate(async () => {
      const violated: string[] = [];
      addEventListener('securitypolicyviolation', (event) =>
        violated.push(event.effectiveDirective),
      );
      const inline = document.createElement('script');
      inline.textContent = 'window.inlineRan = true';
      document.head.append(inline);
      const foreign = document.createElement('script');
      foreign.src = 'https://example.com/x.js';
      document.head.append(foreign);
      const fetched = await fetch('https://example.com/').then(
        () => 'answered',
        () => 'refused',
      );
      const own = await fetch('/index.html');
      const beyond = await fetch('/..%2f..%2fpackage.json');
      await new Promise((resolve) => setTimeout(resolve, 100));
      return {
        violated: violated.sort(),
        ran: 'inlineRan' in window,
        fetched,
        own: own.status,
        beyond: beyond.status,
        policy: own.headers.get('content-security-policy'),
      };
    });
    expect(outcome).toMatchObject({ ran: false, fetched: 'refused', own: 200, beyond: 404 });
    expect(outcome.violated).toEqual(['connect-src', 'script-src-elem', 'script-src-elem']);
    expect(outcome.policy).toContain("default-src 'none'");
    await desktop.quit();
  });
});
