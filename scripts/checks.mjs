/** Runs checks one after the other, counts what they tested, names what failed, and sums up. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describeFailures, playwrightFailures, vitestFailures } from './failures.mjs';
import { root, say, withNode } from './setup.mjs';

const reports = join(root, 'test-results', 'reports');
/** Characters at the end of a command's output that are kept to be shown with its failure. */
const keptOutput = 4000;
/** And of one that runs beside others, and is shown when it has ended. */
const heldOutput = 1_000_000;

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

/**
 * Runs them all, whatever fails, and prints the sum. Checks wait for processes half of the time: those
 * of `beside` run one after the other next to the others, and show what they printed when they end.
 * @returns whether everything passed
 */
export async function runChecks(checks, beside = []) {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const outcomes = (await Promise.all([runLane(checks, true), runLane(beside, false)])).flat();
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { count } of outcomes) {
    for (const key of Object.keys(sum)) sum[key] += count[key] ?? 0;
  }
  const failed = outcomes.filter(({ count }) => count.failed > 0);
  if (failed.length > 0) {
    say(`\nFailed: ${failed.map(({ name }) => name).join(', ')}`);
    console.log(`\n${describeFailures(failed.flatMap(({ failures }) => failures))}`);
  }
  const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : '';
  console.log(`\n${sum.passed} passed, ${sum.failed} failed${skipped}`);
  return failed.length === 0;
}

/** @param live whether output is shown as it comes */
async function runLane(checks, live) {
  const outcomes = [];
  for (const check of checks) {
    const started = Date.now();
    if (live) say(`\n── ${check.name}`);
    const { code, output } = await run(check, live);
    const count = check.count(code);
    const failures = count.failed > 0 ? check.failures(output.slice(-keptOutput)) : [];
    // A crash or an unhandled error leaves no failed test in the report.
    if (count.failed > 0 && failures.length === 0) {
      failures.push({ name: `no test failed, yet it ended with ${code}` });
    }
    if (!live) {
      say(`\n── ${check.name}, beside the others`);
      process.stdout.write(output);
    }
    const seconds = Math.round((Date.now() - started) / 1000);
    say(`── ${check.name}: ${count.passed} passed, ${count.failed} failed (${seconds} s)`);
    outcomes.push({
      name: check.name,
      count,
      failures: failures.map(({ name, error = '' }) => ({ check: check.name, name, error })),
    });
  }
  return outcomes;
}

/** Runs the check's program and shows its output, or keeps it where the check or the caller wants it. */
function run({ program, args, env, keepsOutput = false }, live) {
  return new Promise((resolve) => {
    const stdio = keepsOutput || !live ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const options = { cwd: root, stdio, env: { ...withNode(), ...env } };
    const child = spawn(program, args, { ...options, shell: process.platform === 'win32' });
    let output = '';
    const keep = (shown) => (text) => {
      if (live) shown.write(text);
      output = (output + text).slice(live ? -keptOutput : -heldOutput);
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
