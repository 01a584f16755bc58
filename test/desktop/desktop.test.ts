/**
 * The built program as a user has it: main process, preload, ports, core and window together. In
 * Electron where its binary is, and always in the stand-in.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Desktop, drivers } from './driver.ts';
import {
  answerFolderDialog,
  clickMenu,
  corePids,
  Machine,
  pageOf,
  runStatus,
  startCommand,
  trust,
  waitForFolder,
} from './program.ts';

describe.each(drivers())('in $name', (driver) => {
  it('welcomes, opens a folder by menu and dialog, runs, follows, and shows what changed', async () => {
    const machine = new Machine(driver);
    const project = machine.project('penguins');
    const desktop = await machine.start();
    const page = await pageOf(desktop);
    await page.getByRole('heading', { name: 'Retrace every experiment' }).waitFor();
    expect(await page.title()).toBe('Cairn');

    await answerFolderDialog(desktop, project);
    await clickMenu(desktop, 'open-folder');
    await waitForFolder(page, 'penguins');
    expect(desktop.pages()).toHaveLength(1);
    expect(readdirSync(project)).not.toContain('.cairn');
    await trust(page);

    await startCommand(page, 'python3 slow.py 10 go');
    await page.getByRole('tab', { name: 'Log' }).click();
    await page.getByText('line 9', { exact: true }).waitFor();
    expect(await runStatus(page, 'Running').isVisible()).toBe(true);
    writeFileSync(join(project, 'go'), '');
    await runStatus(page, 'Finished').waitFor();
    await page.getByText('the end', { exact: true }).waitFor();

    const script = readFileSync(join(project, 'slow.py'), 'utf8');
    writeFileSync(join(project, 'slow.py'), script.replace('"line"', '"step"'));
    await startCommand(page, 'python3 slow.py 2');
    await runStatus(page, 'Finished').waitFor();
    await page.evaluate(() => {
      location.hash = '#/diff/01.1/01.2';
    });
    await page.getByText('slow.py').first().waitFor();
    await page.getByText('print("step", i, flush=True)').first().waitFor();
    await page.getByText('print("line", i, flush=True)').first().waitFor();
    await desktop.quit();
  });

  it('has a window for each folder, found again by a second start and by a link', async () => {
    const machine = new Machine(driver);
    const [first, second] = [machine.project('first'), machine.project('second')];
    const desktop = await machine.start('first');
    const page = await pageOf(desktop);
    await waitForFolder(page, 'first');
    await trust(page);
    await startCommand(page, 'python3 slow.py 1');
    await runStatus(page, 'Finished').waitFor();
    await page.evaluate(() => {
      location.hash = '#/timeline';
    });

    expect(await machine.second('second')).toBe(0);
    const other = await pageOf(desktop, 1);
    await waitForFolder(other, 'second');
    expect(await corePids(desktop)).toHaveLength(2);

    expect(await machine.second(first)).toBe(0);
    await expect.poll(() => focusedTitle(desktop)).toBe('first – Cairn');
    const link = `cairn://open?path=${encodeURIComponent(first)}&run=01.1`;
    expect(await machine.second(link)).toBe(0);
    await page.waitForURL(/#\/run\//);
    await page.getByRole('heading', { name: '01.1' }).waitFor();

    expect(await machine.second('cairn://open?path=relative&run=01.1')).toBe(0);
    expect(desktop.pages()).toHaveLength(2);

    // The page asks before it opens a folder that another window has.
    const asked = (folder: string) =>
      page.evaluate((path) => {
        const { cairnShell } = window as unknown as {
          cairnShell: { openFolder(path: string): Promise<string> };
        };
        return cairnShell.openFolder(path);
      }, folder);
    expect(await asked(second)).toBe('elsewhere');
    expect(await asked(first)).toBe('here');
    expect(desktop.pages()).toHaveLength(2);
    await desktop.quit();
  });

  it('opens a new window when the one in front has a folder, and lists recent folders', async () => {
    const machine = new Machine(driver);
    const [first, second] = [machine.project('first'), machine.project('second')];
    const desktop = await machine.start(first);
    await waitForFolder(await pageOf(desktop), 'first');
    await answerFolderDialog(desktop, second);
    await clickMenu(desktop, 'open-folder');
    await waitForFolder(await pageOf(desktop, 1), 'second');
    await expect.poll(() => recentLabels(desktop)).toEqual([second, first]);

    // The new window is in front: the folder is closed there.
    await clickMenu(desktop, 'close-folder');
    const page = await pageOf(desktop, 1);
    await page.getByRole('heading', { name: 'Retrace every experiment' }).waitFor();
    await clickMenu(desktop, 'recent-0');
    await waitForFolder(page, 'second');
    expect(desktop.pages()).toHaveLength(2);

    await clickMenu(desktop, 'theme-dark');
    const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme');
    await expect.poll(scheme).toBe('dark');
    await desktop.quit();
  });

  it('keeps a window where it was, and brings back one that no display shows', async () => {
    const machine = new Machine(driver);
    machine.project('first');
    const place = { x: 60, y: 40, width: 900, height: 650 };
    let desktop = await machine.start('first');
    await waitForFolder(await pageOf(desktop), 'first');
    await setBounds(desktop, place);
    await desktop.quit();

    desktop = await machine.start('first');
    await waitForFolder(await pageOf(desktop), 'first');
    expect(await bounds(desktop)).toEqual(place);
    await setBounds(desktop, { ...place, x: 90_000 });
    await desktop.quit();

    desktop = await machine.start('first');
    await waitForFolder(await pageOf(desktop), 'first');
    const area = await desktop.evaluate(({ screen }) => screen.getPrimaryDisplay().workArea);
    const { x, width } = await bounds(desktop);
    expect(x).toBeGreaterThanOrEqual(area.x);
    expect(x + width).toBeLessThanOrEqual(area.x + area.width);
    await desktop.quit();
  });

  it('puts a fallen core up again: the window reconnects, and the run never noticed', async () => {
    const machine = new Machine(driver);
    const project = machine.project('first');
    const desktop = await machine.start(project);
    const page = await pageOf(desktop);
    await waitForFolder(page, 'first');
    await trust(page);
    await startCommand(page, 'python3 slow.py 30 go');
    await page.getByRole('tab', { name: 'Log' }).click();
    await page.getByText('line 3', { exact: true }).waitFor();

    const [before] = await corePids(desktop);
    process.kill(before as number, 'SIGKILL');
    await expect
      .poll(async () => (await corePids(desktop))[0], { timeout: 10_000 })
      .not.toBe(before);
    await expect.poll(() => corePids(desktop), { timeout: 10_000 }).toHaveLength(1);
    await page.getByText('line 29', { exact: true }).waitFor();
    writeFileSync(join(project, 'go'), '');
    await runStatus(page, 'Finished').waitFor();
    await page.getByText('the end', { exact: true }).waitFor();
    expect(await page.title()).toBe('first – Cairn');
    await desktop.quit();
  });

  it('is killed, and the run goes on: started again, it follows the same run', async () => {
    const machine = new Machine(driver);
    const project = machine.project('first');
    const first = await machine.start(project);
    const page = await pageOf(first);
    await waitForFolder(page, 'first');
    await trust(page);
    await startCommand(page, 'python3 slow.py 10 go');
    await runStatus(page, 'Running').waitFor();
    await first.kill();

    const second = await machine.start(`cairn://open?path=${encodeURIComponent(project)}&run=01.1`);
    const again = await pageOf(second);
    await runStatus(again, 'Running').waitFor();
    await again.getByRole('tab', { name: 'Log' }).click();
    await again.getByText('line 9', { exact: true }).waitFor();
    writeFileSync(join(project, 'go'), '');
    await again.getByText('the end', { exact: true }).waitFor();
    await runStatus(again, 'Finished').waitFor();
    await second.quit();
  });

  it('ends with its last window, on systems where programs do', async () => {
    const machine = new Machine(driver);
    const desktop = await machine.start();
    await pageOf(desktop);
    await desktop.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.close();
    });
    if (process.platform === 'darwin') await desktop.quit();
    await desktop.ended;
  });
});

async function focusedTitle(desktop: Desktop): Promise<string> {
  const focused = await desktop.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.webContents.getURL() ?? '',
  );
  const titles = await Promise.all(
    desktop.pages().map(async (page) => [await page.title(), page.url()] as const),
  );
  const path = (address: string) => address.slice(address.indexOf('/index.html'));
  return titles.find(([, address]) => path(address) === path(focused))?.[0] ?? '';
}

function recentLabels(desktop: Desktop): Promise<string[]> {
  return desktop.evaluate(({ Menu }) => {
    const recent = Menu.getApplicationMenu()?.getMenuItemById('open-recent');
    return recent?.submenu?.items.map(({ label }) => label) ?? [];
  });
}

interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function bounds(desktop: Desktop): Promise<Bounds> {
  return desktop.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds() as Bounds,
  );
}

function setBounds(desktop: Desktop, place: Bounds): Promise<void> {
  return desktop.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(wanted);
  }, place);
}
