/** `npm test`: everything that can be checked without Python packages. */
import { command, playwright, runChecks, vitest } from './checks.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureBuilt, ensureInstalled, say } from './setup.mjs';

/** Every check of `npm test`. */
export async function localChecks() {
  await ensureInstalled();
  await ensureBuilt();
  const CAIRN_CHROMIUM = ensureChromium();
  return [
    command('format and lint', 'biome', ['check', '--error-on-warnings', '.']),
    command('layers', 'node', ['scripts/layers.ts']),
    command('unused exports and dependencies', 'knip', []),
    command('types of neutral code', 'tsc', ['-p', 'tsconfig.neutral.json']),
    command('types of Node code', 'tsc', ['-p', 'tsconfig.node.json']),
    command('types of DOM code', 'tsc', ['-p', 'tsconfig.dom.json']),
    command('types of tests that run in a page', 'tsc', ['-p', 'tsconfig.browser.json']),
    // Together, so that one computes while another waits for a process or a page.
    vitest('unit, integration, server, desktop', ['unit', 'integration', 'e2e', 'desktop'], {
      CAIRN_CHROMIUM,
    }),
    playwright('window in a browser', 'playwright.config.ts', { CAIRN_CHROMIUM }),
  ];
}

if (import.meta.filename === process.argv[1]) {
  try {
    if (!(await runChecks(await localChecks()))) process.exitCode = 1;
  } catch (error) {
    say(`npm test: ${error.message}`);
    process.exitCode = 1;
  }
}
