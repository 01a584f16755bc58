/** The Chromium that browser tests drive. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type LaunchOptions } from '@playwright/test';

const systemPaths: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/**
 * `CAIRN_CHROMIUM`, else an installed Chromium, else the one Playwright brings.
 * @throws when there is none
 */
export function chromiumPath(env: NodeJS.ProcessEnv = process.env): string {
  const named = env.CAIRN_CHROMIUM;
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CAIRN_CHROMIUM names ${named}, which does not exist.`);
    return named;
  }
  const found = [...(systemPaths[process.platform] ?? []), chromium.executablePath()].find((path) =>
    existsSync(path),
  );
  if (found !== undefined) return found;
  throw new Error('No Chromium was found. Install one, or name it in CAIRN_CHROMIUM.');
}

/**
 * Parts of Chromium that are of no use here. The first two are pages behind the address bar: loading
 * them takes as long as loading ours. The others are what Playwright switches off, as the last list wins.
 */
const disabledFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'OptimizationHints',
];

/** Arguments that keep Chromium quiet and off the network. It has no sandbox of its own as root. */
export function chromiumArguments(): string[] {
  return [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--disable-features=${disabledFeatures.join()}`,
  ];
}

/** A headless Chromium; the caller closes it. */
export function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({
    headless: true,
    ...options,
    executablePath: chromiumPath(),
    args: [...chromiumArguments(), ...(options.args ?? [])],
  });
}
