import { expect, it } from 'vitest';
import { browserCommand } from '../../../../src-main/shells/cli/commands/serve.ts';

it('opens the browser of each system, without a shell that would read the address', () => {
  const url = 'http://127.0.0.1:1/?token=a&b=$(c)';
  expect(browserCommand('darwin', url)).toEqual(['open', [url]]);
  expect(browserCommand('win32', url)).toEqual(['rundll32', ['url.dll,FileProtocolHandler', url]]);
  expect(browserCommand('linux', url)).toEqual(['xdg-open', [url]]);
  expect(browserCommand('freebsd', url)).toEqual(['xdg-open', [url]]);
});
