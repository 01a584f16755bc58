/** Runs checks one after the other, counts what they tested, and ends with one line. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, say, withNode } from './setup.mjs';

const reports = join(root, 'test-results', 'reports');

/** A check that passes or fails as a whole, and counts as one. */
export function command(name, program, args) {
  return {
    name,
    program,
    args,
    count: (code) => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }),
  };
}

/** A Vitest project, counted test by test. */
export function vitest(name, project, env) {
  const report = join(reports, `${project}.json`);
  return {
    name,
    program: 'vitest',
    env,
    args: [
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    count: (code) => {
      const { numPassedTests, numFailedTests, numPendingTests } = readReport(report);
      // A file that cannot be loaded fails without a single failed test.
      const failed = code !== 0 && !numFailedTests ? 1 : (numFailedTests ?? 0);
      return { passed: numPassedTests ?? 0, failed, skipped: numPendingTests ?? 0 };
    },
  };
}

/** A Playwright configuration, counted test by test. */
export function playwright(name, config, env) {
  const report = join(reports, 'playwright.json');
  return {
    name,
    program: 'playwright',
    args: ['test', '--config', config, '--reporter=line,json'],
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    count: (code) => {
      const { stats } = readReport(report);
      const failed = (stats?.unexpected ?? 0) || (code === 0 ? 0 : 1);
      return {
        passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
        failed,
        skipped: stats?.skipped ?? 0,
      };
    },
  };
}

/** Runs them all, whatever fails, and prints the sum. @returns whether everything passed */
export async function runChecks(checks) {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const failed = [];
  for (const check of checks) {
    const started = Date.now();
    say(`\n── ${check.name}`);
    const code = await run(check);
    const count = check.count(code);
    for (const key of Object.keys(sum)) sum[key] += count[key] ?? 0;
    if (count.failed > 0) failed.push(check.name);
    const seconds = Math.round((Date.now() - started) / 1000);
    say(`── ${check.name}: ${count.passed} passed, ${count.failed} failed (${seconds} s)`);
  }
  if (failed.length > 0) say(`\nFailed: ${failed.join(', ')}`);
  const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : '';
  console.log(`\n${sum.passed} passed, ${sum.failed} failed${skipped}`);
  return failed.length === 0;
}

function run({ program, args, env }) {
  return new Promise((resolve) => {
    const options = { cwd: root, stdio: 'inherit', env: { ...withNode(), ...env } };
    const child = spawn(program, args, { ...options, shell: process.platform === 'win32' });
    child.once('error', (error) => {
      say(`${program}: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}
