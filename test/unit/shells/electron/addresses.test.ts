import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  externalAddress,
  isOwnAddress,
  parseArguments,
  parseLink,
} from '../../../../src-main/shells/electron/addresses.ts';

describe('an own address', () => {
  it.each(['app://cairn/', 'app://cairn/index.html#/run/02.7', 'APP://cairn/assets/x.js'])(
    'is %s',
    (address) => expect(isOwnAddress(address)).toBe(true),
  );

  it.each([
    'app://evil/',
    'app://cairn.evil/',
    'app://cairn@evil/',
    'https://cairn/',
    'file:///index.html',
    'about:blank',
    'data:text/html,app://cairn/',
    'blob:app://cairn/1',
    '',
    undefined,
  ])('is not %s', (address) => expect(isOwnAddress(address)).toBe(false));
});

describe('an external address', () => {
  it('is http or https, normalised', () => {
    expect(externalAddress('https://example.com/a b')).toBe('https://example.com/a%20b');
    expect(externalAddress('http://example.com')).toBe('http://example.com/');
  });

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://host/share',
    'ms-settings:',
    'cairn://open?path=/',
    'https://user:secret@example.com/',
    'not an address',
  ])('is not %s', (address) => expect(externalAddress(address)).toBeNull());
});

describe('a link', () => {
  it('names a folder, and a run by number or id', () => {
    expect(parseLink('cairn://open?path=%2Fhome%2Fme%2Fa%20b', 'linux')).toEqual({
      folder: '/home/me/a b',
      run: null,
    });
    expect(parseLink('cairn://open?path=/p&run=02.7', 'darwin')?.run).toBe('02.7');
    expect(parseLink('cairn://open/?path=/p&run=0123abcd', 'linux')?.run).toBe('0123abcd');
    expect(parseLink('cairn://open?path=C%3A%5Cwork&run=%2302.7', 'win32')).toEqual({
      folder: 'C:\\work',
      run: '#02.7',
    });
  });

  it.each<[string, NodeJS.Platform]>([
    ['cairn://open', 'linux'],
    ['cairn://open?path=relative', 'linux'],
    ['cairn://open?path=//host/share', 'linux'],
    ['cairn://open?path=%5C%5Chost%5Cshare', 'win32'],
    ['cairn://open?path=//host/share', 'win32'],
    ['cairn://open?path=/unix', 'win32'],
    ['cairn://open?path=%5C%5C%3F%5CC%3A%5Cx', 'win32'],
    ['cairn://open?path=/p%00', 'linux'],
    ['cairn://open?path=/p&run=../x', 'linux'],
    ['cairn://open?path=/p&run=<script>', 'linux'],
    ['cairn://run?path=/p', 'linux'],
    ['https://open?path=/p', 'linux'],
    ['cairn:', 'linux'],
  ])('is not %s on %s', (link, platform) => expect(parseLink(link, platform)).toBeNull());
});

describe('arguments', () => {
  it('name a folder relative to where they were typed, a link, or nothing', () => {
    const cwd = resolve('/home/me');
    expect(parseArguments(['project'], cwd, 'linux').folder).toBe(join(cwd, 'project'));
    expect(parseArguments(['--no-sandbox', '', 'a', 'b'], cwd, 'linux').folder).toBe(
      join(cwd, 'a'),
    );
    expect(parseArguments(['cairn://open?path=/p&run=1.2'], cwd, 'linux')).toEqual({
      folder: '/p',
      run: '1.2',
    });
    const nothing = { folder: null, run: null };
    expect(parseArguments([], cwd, 'linux')).toEqual(nothing);
    expect(parseArguments(['--flag'], cwd, 'linux')).toEqual(nothing);
    expect(parseArguments(['cairn://evil?path=/p'], cwd, 'linux')).toEqual(nothing);
  });
});
