/** Runs checks one after the other, counts what they tested, names what failed, and sums up. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describeFailures, playwrightFailures, vitestFailures } from './failures.mjs';
import { root, say, withNode } from './setup.mjs';

const reports = join(root, 'test-results', 'reports');
/** Characters at the end of a command's output that are kept to be shown with its failure. */
const keptOutput = 4000;

/** A check that passes or fails as a whole, and counts as one. */
export function command(name, program, args) {
  return {
    name,
    program,
    args,
    keepsOutput: true,
    failures: (output) => [{ name: [program, ...args].join(' '), error: output }],
    count: (code) => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }),
  };
}

/** Vitest projects whose files share the workers, counted test by test. */
export function vitest(name, projects, env) {
  const report = join(reports, `${projects.join('-')}.json`);
  return {
    name,
    program: 'vitest',
    env,
    args: [
      'run',
      ...projects.flatMap((project) => ['--project', project]),
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
    failures: () => vitestFailures(readReport(report), root),
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
    failures: () => playwrightFailures(readReport(report)),
  };
}

/** Runs them all, whatever fails, and prints the sum. @returns whether everything passed */
export async function runChecks(checks) {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const failed = [];
  const failures = [];
  for (const check of checks) {
    const started = Date.now();
    say(`\n── ${check.name}`);
    const { code, output } = await run(check);
    const count = check.count(code);
    for (const key of Object.keys(sum)) sum[key] += count[key] ?? 0;
    if (count.failed > 0) {
      failed.push(check.name);
      const found = check.failures(output);
      // A crash or an unhandled error leaves no failed test in the report.
      if (found.length === 0) found.push({ name: `no test failed, yet it ended with ${code}` });
      failures.push(...found.map(({ name, error = '' }) => ({ check: check.name, name, error })));
    }
    const seconds = Math.round((Date.now() - started) / 1000);
    say(`── ${check.name}: ${count.passed} passed, ${count.failed} failed (${seconds} s)`);
  }
  if (failed.length > 0) say(`\nFailed: ${failed.join(', ')}`);
  if (failures.length > 0) console.log(`\n${describeFailures(failures)}`);
  const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : '';
  console.log(`\n${sum.passed} passed, ${sum.failed} failed${skipped}`);
  return failed.length === 0;
}

/** What V8 makes of our sources, for the many processes and threads that read the same ones. */
const compiled = join(root, 'node_modules', '.cache', 'cairn-tests');

/** Runs the check's program and shows its output; keeps the end of it where the check wants it. */
function run({ program, args, env, keepsOutput = false }) {
  return new Promise((resolve) => {
    const stdio = keepsOutput ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const variables = { NODE_COMPILE_CACHE: compiled, ...withNode(), ...env };
    const options = { cwd: root, stdio, env: variables };
    const child = spawn(program, args, { ...options, shell: process.platform === 'win32' });
    let output = '';
    const keep = (shown) => (text) => {
      shown.write(text);
      output = (output + text).slice(-keptOutput);
    };
    child.stdout?.setEncoding('utf8').on('data', keep(process.stdout));
    child.stderr?.setEncoding('utf8').on('data', keep(process.stderr));
    child.once('error', (error) => {
      say(`${program}: ${error.message}`);
      resolve({ code: 1, output: error.message });
    });
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}
