import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { globalIgnoreFile, isTrue, parseConfig, readConfig } from '../../../src-main/git/config.ts';
import { tempFolder } from '../../support/temp.ts';

it('reads sections, subsections, quotes, comments and continued lines', () => {
  const text = [
    '; a comment',
    '[core]',
    '\tautoCRLF = input # not text',
    '  excludesFile = "~/my ignore;file"',
    '\tbare',
    '[remote "My \\"Origin\\""] url = https://example.org/a.git',
    'path = a \\',
    'b',
    '[alias]',
    'x = "tab\\there" and  more   ',
    'not an entry at all =',
  ].join('\n');
  expect(Object.fromEntries(parseConfig(text))).toEqual({
    'core.autocrlf': 'input',
    'core.excludesfile': '~/my ignore;file',
    'core.bare': 'true',
    'remote.My "Origin".url': 'https://example.org/a.git',
    'remote.My "Origin".path': 'a b',
    'alias.x': 'tab\there and  more',
  });
});

it('joins the files of system, user and repository, and follows includes', () => {
  const home = tempFolder();
  const gitDir = join(home, 'repo', '.git');
  mkdirSync(gitDir, { recursive: true });
  writeFileSync(join(home, 'system'), '[core]\nautocrlf = true\n[a]\nb = system\n');
  writeFileSync(
    join(home, '.gitconfig'),
    '[include]\npath = more\n[a]\nb = user\n[user]\nname = Me\n',
  );
  writeFileSync(join(home, 'more'), '[include]\npath = more\n[c]\nd = included\n');
  writeFileSync(join(gitDir, 'config'), '[a]\nb = repository\n[core]\nexcludesFile = ~/ignore\n');
  const machine = {
    platform: 'linux',
    env: { GIT_CONFIG_SYSTEM: join(home, 'system') },
    home,
  } as const;
  const config = readConfig(gitDir, gitDir, machine);
  expect(Object.fromEntries(config)).toMatchObject({
    'core.autocrlf': 'true',
    'a.b': 'repository',
    'c.d': 'included',
    'user.name': 'Me',
  });
  expect(globalIgnoreFile(config, machine)).toBe(join(home, 'ignore'));
  expect(globalIgnoreFile(new Map(), machine)).toBe(join(home, '.config', 'git', 'ignore'));
});

it('knows Git’s words for true', () => {
  expect(['true', 'YES', 'on', '1'].every(isTrue)).toBe(true);
  expect(['false', 'no', '', undefined].some(isTrue)).toBe(false);
});
