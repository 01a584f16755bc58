/** The window in a real browser, over a core made of memory: what can be seen, typed and undone. */
import { expect } from '@playwright/test';
import { test } from './support.ts';

test.describe('the timeline', () => {
  test('is moved through, opened and left with the keyboard, and Back finds the place again', async ({
    serveFake,
    openWindow,
  }) => {
    const page = await openWindow(`${(await serveFake({ commits: 0 })).url}#/timeline`);
    await page.waitForSelector('article');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const active = page.locator('article[data-active]');
    expect(await active.getAttribute('aria-label')).toBe('03.7 more-epochs');
    await page.keyboard.press('Enter');
    await page.waitForSelector('h1:has-text("03.7")');
    await page.keyboard.press('Alt+ArrowLeft');
    await active.waitFor();
    expect(await active.getAttribute('aria-label')).toBe('03.7 more-epochs');
    await page.keyboard.press('Alt+ArrowRight');
    await page.waitForSelector('h1:has-text("03.7")');
  });

  test('saves a note while it is written, and shows it as Markdown', async ({
    serveFake,
    openWindow,
  }) => {
    const page = await openWindow(`${(await serveFake()).url}#/timeline`);
    await page.waitForSelector('article');
    await page.keyboard.press('j');
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: /^Note on/ }).fill('Try **warm restarts**');
    await page.getByText('Saved').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('article strong:text("warm restarts")').waitFor();
    await page.reload();
    await page.locator('article strong:text("warm restarts")').waitFor();
  });

  test('makes a note, deletes it, and brings it back', async ({ serveFake, openWindow }) => {
    const page = await openWindow(`${(await serveFake()).url}#/timeline`);
    await page.getByRole('button', { name: 'New note' }).click();
    await page.getByRole('textbox', { name: 'New note' }).fill('A thought of its own');
    await page.getByText('Saved').waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    const note = page.locator('article:has-text("A thought of its own")');
    await note.hover();
    await note.getByRole('button', { name: 'Delete' }).click();
    await note.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await note.waitFor();
  });

  test('is narrowed by text and kind, and says when nothing is left', async ({
    serveFake,
    openWindow,
  }) => {
    const page = await openWindow(`${(await serveFake()).url}#/timeline`);
    await page.waitForSelector('article');
    await page.keyboard.press('/');
    await page.keyboard.type('why the loss');
    await page.getByText('1 entry').waitFor();
    await page.keyboard.type(' no such thing');
    await page.getByText('Nothing matches').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.waitForSelector('article');
    await page.getByRole('button', { name: 'All kinds' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Commits' }).click();
    await page.getByRole('button', { name: '5 kinds' }).waitFor();
    await expect.poll(() => page.locator('article:has-text("Tidy the loader")').count()).toBe(0);
  });

  test('goes to the end of a long history at once', async ({ serveFake, openWindow }) => {
    const page = await openWindow(`${(await serveFake({ commits: 900 })).url}#/timeline`);
    await page.waitForSelector('article');
    await page.keyboard.press('j');
    await page.keyboard.press('End');
    const active = page.locator('article[data-active]');
    const last = await active.getAttribute('aria-setsize');
    await expect(active).toHaveAttribute('aria-posinset', last ?? '');
    await expect(active).not.toHaveAttribute('aria-label', /Loading/);
  });
});

test.describe('the runs table', () => {
  test('ticks a range, moves the choice to a comparison, and keeps it on Back', async ({
    serveFake,
    openWindow,
  }) => {
    const page = await openWindow(`${(await serveFake()).url}#/runs`);
    const tick = (label: string) =>
      page.locator(`tr:has-text("${label}")`).getByRole('checkbox').first();
    await tick('03.7').click();
    await tick('03.5').click({ modifiers: ['Shift'] });
    await page.getByText('3 selected').waitFor();
    await tick('03.6').click();
    await page.getByText('2 selected').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Compare' }).first().click();
    await expect.poll(() => page.url()).toContain('#/compare/');
    await page.keyboard.press('Alt+ArrowLeft');
    await page.getByText('2 selected').waitFor();
  });

  test('filters as one types, by words and by values', async ({ serveFake, openWindow }) => {
    const page = await openWindow(`${(await serveFake()).url}#/runs`);
    await page.getByText('24 runs').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('status:failed');
    await page.getByText('2 of 24 runs').waitFor();
  });

  test('gives a run another number with the keyboard, and takes it back', async ({
    serveFake,
    openWindow,
  }) => {
    const page = await openWindow(`${(await serveFake()).url}#/runs`);
    await page
      .getByRole('button', { name: /02\s*Wider networks/ })
      .first()
      .click();
    await page.getByText('8 of 24 runs').waitFor();
    const rows = page.locator('tbody tr');
    await rows.nth(0).click();
    await page.locator('table').focus();
    const name = await rows.nth(0).locator('td').nth(1).textContent();
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByText('Renumbered the runs of Wider networks').waitFor();
    await expect
      .poll(async () => await rows.nth(1).locator('td').nth(1).textContent())
      .toBe(name?.replace('02.8', '02.7'));
  });

  test('stays usable with 10 000 runs of 100 params', async ({ serveFake, openWindow }) => {
    const page = await openWindow(
      `${(await serveFake({ runs: 10_000, params: 100, commits: 10 })).url}#/runs`,
    );
    // The newest are there at once, “300 of 10000 runs”; the last is only in the whole list.
    await page.getByText('10000 runs', { exact: true }).waitFor({ timeout: 40_000 });
    expect(await page.locator('tbody tr').count()).toBeLessThan(80);
    await page.locator('table').focus();
    await page.keyboard.press('End');
    await page.locator('tr[data-active]:has-text("01.1")').waitFor();
  });
});

test.describe('a run', () => {
  test('is found by its number, and shows its live log', async ({ serveFake, openWindow }) => {
    const page = await openWindow(`${(await serveFake()).url}#/run/03.8?tab=log`);
    await page.getByText('training:').waitFor();
    const before = await page.getByText(/\d+ lines/).textContent();
    await expect
      .poll(() => page.getByText(/\d+ lines/).textContent(), { timeout: 30_000 })
      .not.toBe(before);
    await page.getByLabel('Search the log').fill('epoch 42');
    await page.getByText('1 match', { exact: false }).waitFor();
    expect(page.url()).toMatch(/#\/run\/[0-9a-f]{32}\?tab=log/);
  });

  test('draws its curves and plots, its machine, and where it comes from', async ({
    serveFake,
    openWindow,
  }) => {
    const page = await openWindow(`${(await serveFake()).url}#/run/02.3?tab=metrics`);
    await page.locator('[data-drawn] canvas[data-curves]').first().waitFor();
    // Below what is seen nothing is drawn.
    await page.locator('section:has(> div > h2:text-is("Plots"))').scrollIntoViewIfNeeded();
    await page.getByText('% of row').click();
    await page.locator('.js-plotly-plot text:has-text("90.0 %")').waitFor();
    await page.getByRole('tab', { name: 'System' }).click();
    await page.getByRole('button', { name: 'GPU 1' }).waitFor();
    await page.getByRole('tab', { name: 'Lineage' }).click();
    await page.locator('main button[aria-current]').focus();
    await page.keyboard.press('ArrowLeft');
    const active = page.locator(':focus');
    expect(await active.textContent()).toContain('penguins.csv');
    expect(await active.getAttribute('aria-description')).toMatch(/^From 01\.1 /);
    await page.getByRole('button', { name: 'Further on' }).click();
    await page.getByRole('button', { name: 'report.html' }).waitFor();
    await page.getByRole('tab', { name: 'Log' }).click();
    await page.getByRole('switch', { name: 'Times' }).check({ force: true });
    await page
      .getByText(/^\d\d:\d\d:07$/)
      .first()
      .waitFor();
  });

  test('says when there is none of that number', async ({ serveFake, openWindow }) => {
    const page = await openWindow(`${(await serveFake()).url}#/run/77.7`);
    await page.getByText('There is no such run').waitFor();
  });
});

test.describe('the frame', () => {
  test('finds and does things by name', async ({ serveFake, openWindow }) => {
    const page = await openWindow(`${(await serveFake()).url}#/timeline`);
    await page.waitForSelector('article');
    // By fingers quicker than the palette's field, and than the runs that come from the core.
    await page.keyboard.press('Control+k');
    await page.keyboard.type('02.4');
    await page.keyboard.press('Enter');
    await page.waitForSelector('h1:has-text("02.4")');
    await page.keyboard.press('Control+k');
    // An input method writes into the field that has the focus.
    await page.getByRole('dialog').getByRole('textbox').fill('简体');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: '概览' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
  });

  test('goes from view to view by number, and shows the keys', async ({
    serveFake,
    openWindow,
  }) => {
    const page = await openWindow(`${(await serveFake()).url}#/timeline`);
    await page.waitForSelector('article');
    await page.keyboard.press('Alt+3');
    await page.waitForSelector('h1:has-text("Runs")');
    const group = page.getByRole('button', { name: 'Group' });
    await group.focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // The keyboard is where it was.
    await expect(group).toBeFocused();
  });

  test('opens a folder from the welcome page, says how far it is, and asks for trust', async ({
    serveFake,
    openWindow,
  }) => {
    const page = await openWindow(
      `${(await serveFake({ open: false, trusted: false })).url}#/timeline`,
    );
    await page.getByRole('button', { name: 'Open a folder…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'projects' }).click();
    await page.getByRole('button', { name: 'Open this folder' }).click();
    await page.getByText('Reading the Git history').waitFor();
    await page.getByRole('heading', { name: 'Last runs' }).waitFor();
    await page.getByRole('button', { name: 'Trust this folder' }).click();
    await page.getByText('This folder is open for reading only').waitFor({ state: 'detached' });
  });

  test('says that it is offline, and keeps what it shows', async ({ serveFake, openWindow }) => {
    const first = await serveFake();
    const page = await openWindow(`${first.url}#/timeline`);
    await page.waitForSelector('article');
    await first.close();
    await page.getByText('offline').waitFor();
    await page.getByText('Not up to date').waitFor();
    expect(await page.locator('article').count()).toBeGreaterThan(0);
  });

  test('shows two views side by side', async ({ serveFake, openWindow }) => {
    const page = await openWindow(`${(await serveFake()).url}#/timeline~/run/02.3`);
    await page.waitForSelector('article');
    await page.waitForSelector('h1:has-text("02.3")');
    await page.getByRole('button', { name: 'Close the view beside' }).click();
    await page.locator('h1:has-text("02.3")').waitFor({ state: 'detached' });
  });

  test('has tabs with a way back each, takes what is dropped, and gives a tour', async ({
    serveFake,
    openWindow,
  }) => {
    const page = await openWindow(`${(await serveFake()).url}#/timeline`);
    await page.waitForSelector('article');
    const tabs = page.getByRole('tablist', { name: 'Tabs' }).getByRole('tab');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForSelector('h1:has-text("03.8")');
    await page.keyboard.press('Alt+t');
    await page.keyboard.press('Alt+0');
    await expect(tabs).toHaveText(['03.8 more-epochs', 'Sources']);
    await page.keyboard.press('Alt+PageUp');
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(tabs).toHaveText(['Timeline', 'Sources']);
    await expect(page.locator('article[data-active]')).toHaveAttribute('aria-label', /^03\.8/);
    await page.keyboard.press('Alt+PageDown');
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(tabs).toHaveText(['Timeline', 'Overview']);
    // The browser has one line of history for all of them.
    await page.goBack();
    await expect(tabs).toHaveText(['Timeline', 'Sources']);

    const drop = (names: readonly string[]) =>
      page.evaluate((names) => {
        const data = new DataTransfer();
        for (const name of names) data.items.add(new File([new Uint8Array(5_000_000)], name));
        for (const type of ['dragenter', 'dragover', 'drop']) {
          const event = new DragEvent(type, {
            dataTransfer: data,
            bubbles: true,
            cancelable: true,
          });
          document.body.dispatchEvent(event);
        }
      }, names);
    await drop(['a.safetensors', 'b.safetensors']);
    await expect(tabs).toHaveText(['Timeline', 'Models']);
    expect(new URLSearchParams(page.url().split('?').at(-1)).get('right')).toMatch(/b\.safe/);
    await drop(['run.zip']);
    await expect(tabs).toHaveText(['Timeline', 'Bundles']);
    await drop(['holiday.jpeg']);
    await page.getByText('Cairn opens folders, bundles (.zip) and model files.').waitFor();

    await page.reload();
    await expect(tabs).toHaveText(['Timeline', 'Bundles']);
    await page.keyboard.press('Alt+w');
    await expect(tabs).toHaveCount(0);
    await page.waitForSelector('article');

    await page.keyboard.press('Control+k');
    await page.keyboard.type('short tour');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Views' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('dialog', { name: 'Search or do anything' }).waitFor();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
});
