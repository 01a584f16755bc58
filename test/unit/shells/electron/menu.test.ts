import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { menuTemplate } from '../../../../src-main/shells/electron/menu.ts';
import { shellText } from '../../../../src-main/shells/electron/text.ts';

const platforms: NodeJS.Platform[] = ['linux', 'darwin', 'win32'];

function menu(platform: NodeJS.Platform, locale = 'en') {
  const actions = {
    newWindow: vi.fn(),
    openFolder: vi.fn(),
    openRecent: vi.fn(),
    closeWindow: vi.fn(),
    send: vi.fn(),
  };
  const recents = [{ path: '/home/me/penguins', name: 'penguins' }];
  const options = { platform, text: shellText(locale), recents };
  return { template: menuTemplate(options, actions), actions };
}

function all(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])]);
}

const click = (template: MenuItemConstructorOptions[], id: string) => {
  const item = all(template).find((candidate) => candidate.id === id);
  item?.click?.(undefined as never, undefined, undefined as never);
};

describe.each(platforms)('the menu on %s', (platform) => {
  it('has File, Edit, View, Window and Help, and one way to quit', () => {
    const { template } = menu(platform);
    const labels = template.map(({ label, role }) => label ?? role);
    const expected = ['File', 'Edit', 'View', 'Window', 'Help'];
    expect(labels).toEqual(platform === 'darwin' ? ['appMenu', ...expected] : expected);
    expect(all(template).filter(({ role }) => role === 'quit')).toHaveLength(1);
    expect(all(template).filter(({ id }) => id === 'settings')).toHaveLength(1);
  });

  it('gives no two items the same id or keys', () => {
    const items = all(menu(platform).template);
    for (const key of ['id', 'accelerator'] as const) {
      const values = items.map((item) => item[key]).filter((value) => value !== undefined);
      expect(new Set(values).size).toBe(values.length);
    }
  });

  it('does what its items say', () => {
    const { template, actions } = menu(platform);
    click(template, 'new-window');
    expect(actions.newWindow).toHaveBeenCalledOnce();
    click(template, 'open-folder');
    expect(actions.openFolder).toHaveBeenCalledOnce();
    click(template, 'recent-0');
    expect(actions.openRecent).toHaveBeenCalledExactlyOnceWith('/home/me/penguins');
    click(template, 'close-window');
    expect(actions.closeWindow).toHaveBeenCalledOnce();
    const tabs = [
      'new-tab',
      'close-tab',
      'reopen-tab',
      'text-larger',
      'text-smaller',
      'text-usual',
    ];
    const sent = [
      ...tabs,
      'tour',
      'close-folder',
      'settings',
      'search',
      'theme-light',
      'theme-dark',
      'keys',
    ];
    for (const id of sent) click(template, id);
    expect(actions.send.mock.calls.flat()).toEqual(sent);
  });
});

it('speaks Chinese where the system does, every word of it', () => {
  const english = shellText('en-GB');
  const chinese = shellText('zh-CN');
  expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort());
  for (const [key, text] of Object.entries(chinese)) {
    expect(text, key).toMatch(/\p{Script=Han}/u);
  }
  expect(menu('linux', 'zh-TW').template[0]?.label).toBe('文件');
});
