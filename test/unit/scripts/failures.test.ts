import { expect, it } from 'vitest';

// Imported by address: the scripts that Node 20 can run are plain JavaScript, without types.
const script = new URL('../../../scripts/failures.mjs', import.meta.url);
const { describeFailures, playwrightFailures, vitestFailures } = await import(script.href);

it('names the failed tests of a Vitest report, and files that could not be loaded', () => {
  const report = {
    testResults: [
      {
        name: '/project/test/unit/a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          { status: 'passed', fullName: 'adds', failureMessages: [] },
          { status: 'failed', fullName: 'a b takes away', failureMessages: ['Error: 1 is not 2'] },
        ],
      },
      {
        name: '/project/test/unit/b.test.ts',
        status: 'failed',
        message: 'Cannot find module',
        assertionResults: [],
      },
      { name: '/project/c.test.ts', status: 'passed', message: '', assertionResults: [] },
    ],
  };
  expect(vitestFailures(report, '/project')).toEqual([
    { name: 'test/unit/a.test.ts › a b takes away', error: 'Error: 1 is not 2' },
    { name: 'test/unit/b.test.ts', error: 'Cannot find module' },
  ]);
  expect(vitestFailures({}, '/project')).toEqual([]);
});

it('names the failed tests of a Playwright report at any depth, and errors outside tests', () => {
  const failing = {
    title: 'opens',
    file: 'a.spec.ts',
    line: 7,
    tests: [{ status: 'unexpected', results: [{ errors: [{ message: 'timed out' }] }] }],
  };
  const passing = { ...failing, tests: [{ status: 'expected', results: [{}] }] };
  const report = {
    errors: [{ message: 'no browser' }],
    suites: [{ title: 'a.spec.ts', specs: [passing], suites: [{ title: 'it', specs: [failing] }] }],
  };
  expect(playwrightFailures(report)).toEqual([
    { name: 'outside any test', error: 'no browser' },
    { name: 'a.spec.ts:7 › it › opens', error: 'timed out' },
  ]);
});

it('shows the first lines of an error without colours', () => {
  const error = `\u001b[31mError: no\u001b[0m\n\n${'at x\n'.repeat(40)}`;
  const lines = describeFailures([{ check: 'unit', name: 'a', error }]).split('\n');
  expect(lines.slice(0, 3)).toEqual(['✗ unit: a', '    Error: no', '    at x']);
  expect(lines).toHaveLength(13);
});

it('keeps the names and cuts the errors when much failed', () => {
  const failures = Array.from({ length: 60 }, (_, i) => ({
    check: 'unit',
    name: `test ${i}`,
    error: 'a\n'.repeat(40),
  }));
  const lines = describeFailures(failures).split('\n');
  expect(lines.length).toBeLessThanOrEqual(150);
  expect(lines.filter((line: string) => line.startsWith('✗'))).toHaveLength(60);
  const many = describeFailures([...failures, ...failures, ...failures]).split('\n');
  expect(many).toHaveLength(150);
  expect(many.at(-1)).toBe('… and 31 more');
});
