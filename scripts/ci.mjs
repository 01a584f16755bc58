/** What CI runs: `npm test`, then the interop suite with the real Python tools. */
import { command, runChecks, vitest } from './checks.mjs';
import { say } from './setup.mjs';
import { localChecks } from './test.mjs';

try {
  const checks = [
    ...(await localChecks()),
    command('Python tools for interop', 'node', ['scripts/venv.mjs']),
    vitest('interop', ['interop']),
  ];
  if (!(await runChecks(checks))) process.exitCode = 1;
} catch (error) {
  say(`ci: ${error.message}`);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
