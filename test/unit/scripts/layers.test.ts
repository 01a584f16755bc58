import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFile, checkTree } from '../../../scripts/layers.ts';

const root = join(import.meta.dirname, '../../..');

describe('the layer checker', () => {
  it('finds nothing in the project', () => {
    expect(checkTree(root)).toEqual([]);
  });

  it.each([
    ['src-main/store/open.ts', "import { x } from '../tracking/runs.ts';", 'rank 1'],
    ['src-main/tracking/runs.ts', "import type { y } from '../pipelines/graph.ts';", 'rank 2'],
    ['src-main/git/log.ts', "const m = await import('../api/index.ts');", 'rank 1'],
    ['src-main/app.ts', "import electron from 'electron';", 'only shells/electron'],
    ['src-main/contract/x.ts', "import fs from 'node:fs';", 'run everywhere'],
    ['src-main/workers/w.ts', "import { z } from '../models/diff.ts';", 'worker entry'],
    ['src-renderer/ui/table.tsx', "import { a } from '../features/runs/page.tsx';", 'ui may not'],
    ['src-renderer/features/runs/a.tsx', "import { b } from '../diff/b.tsx';", 'each other'],
    ['src-renderer/features/runs/a.tsx', "import 'plotly.js-strict-dist-min';", 'plotly'],
    ['src-renderer/ui/a.tsx', "import './b.ts';", 'leaves out'],
    ['src-renderer/state/a.ts', "import { c } from '../../src-main/contract/index.ts';", 'client/'],
    ['src-renderer/client/a.ts', "import { c } from '../../src-main/store/open.ts';", 'client/'],
    ['src-preload/index.ts', "import { c } from '../src-main/store/open.ts';", 'preload'],
  ])('refuses, in %s, %s', (file, text, rule) => {
    const violations = checkFile(file, `\n${text}\n`);
    expect(violations).toHaveLength(1);
    expect(violations[0]?.rule).toContain(rule);
    expect(violations[0]?.line).toBe(2);
  });

  it('allows downward imports and imports inside a folder', () => {
    const text = "import { a } from '../store/open.ts';\nimport { b } from './other.ts';";
    expect(checkFile('src-main/tracking/runs.ts', text)).toEqual([]);
  });
});
