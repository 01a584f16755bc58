import { describe, expect, it } from 'vitest';
import { terminalCommand } from '../../../src-main/processes/terminal.ts';

const having =
  (...paths: string[]) =>
  (path: string) =>
    paths.includes(path);
const desktop = { DISPLAY: ':0', PATH: '/usr/bin:/opt/bin' };

describe('the terminal of a system', () => {
  it('is on Linux what the user chose, else what the system did, else one that is there', () => {
    const folder = '/home/a/my project';
    const system = { platform: 'linux' as const, env: { ...desktop, TERMINAL: 'foot' } };
    const both = having('/opt/bin/foot', '/usr/bin/x-terminal-emulator', '/usr/bin/konsole');
    expect(terminalCommand(folder, { ...system, isProgram: both })?.program).toBe('/opt/bin/foot');
    const plain = { platform: 'linux' as const, env: desktop };
    expect(terminalCommand(folder, { ...plain, isProgram: both })?.program).toBe(
      '/usr/bin/x-terminal-emulator',
    );
    expect(terminalCommand(folder, { ...plain, isProgram: having('/usr/bin/konsole') })).toEqual({
      program: '/usr/bin/konsole',
      args: ['--workdir', folder],
      verbatim: false,
    });
    expect(terminalCommand(folder, { ...plain, isProgram: having() })).toBeNull();
  });

  it('is not looked for in relative parts of the search path, which lead into the folder', () => {
    const env = { DISPLAY: ':0', PATH: '.:bin::/usr/bin', TERMINAL: './evil' };
    const everything = () => true;
    const found = terminalCommand('/x', { platform: 'linux', env, isProgram: everything });
    expect(found?.program).toBe('/usr/bin/xdg-terminal-exec');
  });

  it('needs a desktop on Linux', () => {
    const system = { platform: 'linux' as const, isProgram: () => true };
    expect(terminalCommand('/x', { ...system, env: { PATH: '/usr/bin' } })).toBeNull();
    const wayland = { PATH: '/usr/bin', WAYLAND_DISPLAY: 'wayland-0' };
    expect(terminalCommand('/x', { ...system, env: wayland })).not.toBeNull();
  });

  it('is Terminal on macOS', () => {
    expect(
      terminalCommand('/Users/a/x;y', { platform: 'darwin', env: {}, isProgram: () => false }),
    ).toEqual({
      program: '/usr/bin/open',
      args: ['-a', 'Terminal', '/Users/a/x;y'],
      verbatim: false,
    });
  });

  it('is on Windows never given the name of the folder as a word', () => {
    const folder = 'C:\\work & calc; notepad';
    const env = { LOCALAPPDATA: 'C:\\Users\\a\\AppData\\Local', SystemRoot: 'C:\\Windows' };
    const wt = 'C:\\Users\\a\\AppData\\Local\\Microsoft\\WindowsApps\\wt.exe';
    const system = { platform: 'win32' as const, env };
    const modern = terminalCommand(folder, { ...system, isProgram: having(wt) });
    expect(modern).toEqual({ program: wt, args: ['-d', '.'], verbatim: false });
    const cmd = 'C:\\Windows\\System32\\cmd.exe';
    const old = terminalCommand(folder, { ...system, isProgram: having(cmd) });
    expect(old?.program).toBe(cmd);
    expect(old?.args.join(' ')).not.toContain('calc');
    expect(old?.args.at(-1)).toBe(`"start "Cairn" "${cmd}""`);
    expect(terminalCommand(folder, { ...system, isProgram: having() })).toBeNull();
  });
});
