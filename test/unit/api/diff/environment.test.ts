import { describe, expect, it } from 'vitest';
import { diffEnvironments } from '../../../../src-main/api/diff/environment.ts';
import type { Environment } from '../../../../src-main/contract/runs.ts';

const environment = (change: Partial<Environment> = {}): Environment => ({
  os: { name: 'Debian', version: '13', kernel: '6.12', arch: 'x64' },
  cpu: { model: 'EPYC', cores: 2 },
  memoryBytes: 2 ** 34,
  gpus: [],
  python: {
    executable: '/usr/bin/python3',
    version: '3.13.1',
    implementation: 'CPython',
    prefix: '/usr',
    packages: [
      { name: 'Scikit_Learn', version: '1.5', origin: null },
      { name: 'mine', version: '0.1', origin: 'git+https://example.org' },
    ],
  },
  lockfiles: [{ path: 'uv.lock', sha256: 'a'.repeat(64), text: '' }],
  variables: { CUDA_VISIBLE_DEVICES: '0' },
  locale: 'en',
  timezone: 'UTC',
  ...change,
});

describe('environments', () => {
  it('are the same as themselves', () => {
    const rows = diffEnvironments(environment(), environment());
    expect(new Set(rows.map((row) => row.change))).toEqual(new Set(['same']));
    expect(rows.map((row) => row.section)).toContain('lockfile');
  });

  it('differ by packages whatever their spelling, by machine, variables and lockfiles', () => {
    const python = environment().python!;
    const packages = [
      { name: 'scikit-learn', version: '1.6', origin: null },
      { name: 'numpy', version: '2.4', origin: null },
    ];
    const other = environment({
      python: { ...python, packages },
      cpu: { model: 'EPYC', cores: 8 },
      gpus: [{ name: 'H100', driver: '570', memoryBytes: 0 }],
      variables: {},
      lockfiles: [{ path: 'uv.lock', sha256: 'b'.repeat(64), text: '' }],
    });
    const changed = diffEnvironments(environment(), other).filter((row) => row.change !== 'same');
    expect(changed.map(({ key, left, right, change }) => [key, left, right, change])).toEqual([
      ['mine', '0.1 (git+https://example.org)', null, 'removed'],
      ['numpy', null, '2.4', 'added'],
      ['scikit-learn', '1.5', '1.6', 'modified'],
      ['cpu', 'EPYC × 2', 'EPYC × 8', 'modified'],
      ['gpu 0', null, 'H100, driver 570', 'added'],
      ['CUDA_VISIBLE_DEVICES', '0', null, 'removed'],
      ['uv.lock', 'a'.repeat(12), 'b'.repeat(12), 'modified'],
    ]);
  });

  it('are not compared where one was not recorded', () => {
    expect(diffEnvironments(null, environment())).toEqual([]);
  });
});
