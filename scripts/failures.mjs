/** What failed, by full name and with the first lines of the error, out of the tests' JSON reports. */
import { isAbsolute, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const linesOfEach = 12;
const linesOfAll = 150;

/**
 * Failures in a report of Vitest's `json` reporter. A file that could not be loaded, or whose
 * hooks failed, has a message of its own.
 * @returns {{name: string, error: string}[]}
 */
export function vitestFailures(report, root) {
  return (report.testResults ?? []).flatMap((file) => {
    const path = below(root, file.name);
    const tests = (file.assertionResults ?? [])
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages = [] }) => ({
        name: `${path} › ${fullName}`,
        error: failureMessages.join('\n'),
      }));
    const whole = file.status === 'failed' && (tests.length === 0 || file.message);
    return whole ? [...tests, { name: path, error: file.message ?? '' }] : tests;
  });
}

/**
 * Failures in a report of Playwright's `json` reporter, and errors outside any test.
 * @returns {{name: string, error: string}[]}
 */
export function playwrightFailures(report) {
  const failures = (report.errors ?? []).map((error) => ({
    name: 'outside any test',
    error: messageOf(error),
  }));
  const visit = (suite, titles) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests ?? []) {
        if (test.status !== 'unexpected') continue;
        const errors = (test.results ?? []).flatMap(({ errors = [] }) => errors);
        failures.push({
          name: [`${spec.file}:${spec.line}`, ...titles, spec.title].join(' › '),
          error: errors.map(messageOf).join('\n'),
        });
      }
    }
    for (const inner of suite.suites ?? []) visit(inner, [...titles, inner.title]);
  };
  for (const suite of report.suites ?? []) visit(suite, []);
  return failures;
}

/**
 * The failures of all checks as text of at most {@link linesOfAll} lines. Every name is there as
 * long as there are fewer than that; errors are cut first.
 * @param {{check: string, name: string, error: string}[]} failures
 */
export function describeFailures(failures) {
  const shown = failures.slice(0, linesOfAll - 1);
  const room = Math.floor((linesOfAll - 1) / Math.max(1, shown.length)) - 1;
  const lines = shown.flatMap(({ check, name, error }) => [
    oneLine(`✗ ${check}: ${name}`),
    ...firstLines(error, Math.min(linesOfEach, room)),
  ]);
  const left = failures.length - shown.length;
  if (left > 0) lines.push(`… and ${left} more`);
  return lines.join('\n');
}

function firstLines(error, count) {
  return stripVTControlCharacters(error)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, count)
    .map((line) => `    ${oneLine(line)}`);
}

/** A line that no terminal or log has to break many times. */
function oneLine(text) {
  const line = stripVTControlCharacters(text).replaceAll(/\s*\n\s*/g, ' ');
  return line.length > 400 ? `${line.slice(0, 400)}…` : line;
}

function messageOf({ message, value }) {
  return message ?? value ?? '';
}

function below(root, path) {
  return isAbsolute(path) ? relative(root, path).replaceAll('\\', '/') : path;
}
