import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../src-main/base/logger.ts';
import { PointsParser } from '../../../src-main/formats/metric-lines.ts';
import { PointsFollower } from '../../../src-main/runners/points/follower.ts';
import { type MetricPoint, readCurves } from '../../../src-main/tracking/index.ts';
import { commandRun, openServices } from '../tracking/support.ts';

const logger = createLogger('error', () => undefined);

const parse = (path: string, ...lines: string[]) => {
  const parser = new PointsParser(path);
  return lines.flatMap((line) => parser.line(line));
};

describe('lines as points', () => {
  it('reads JSONL with steps, times, nested keys, NaN and infinities', () => {
    expect(
      parse(
        'm.jsonl',
        '{"step": 3, "time": 1700000000.5, "loss": 0.5, "val": {"acc": 1}, "name": "x", "ok": true}',
        '{"step": 4, "loss": NaN, "val": {"acc": -Infinity}}',
        'half a li',
        '[1]',
      ),
    ).toEqual([
      { key: 'loss', step: 3, time: 1_700_000_000_500, value: 0.5 },
      { key: 'val/acc', step: 3, time: 1_700_000_000_500, value: 1 },
      { key: 'loss', step: 4, time: null, value: Number.NaN },
      { key: 'val/acc', step: 4, time: null, value: Number.NEGATIVE_INFINITY },
    ]);
  });

  it('reads CSV and TSV by their header, counts rows where no step is given', () => {
    expect(parse('m.csv', 'epoch,loss,"a, b"', '1,0.5,"1e308"', '2,,inf', '')).toEqual([
      { key: 'loss', step: 1, time: null, value: 0.5 },
      { key: 'a, b', step: 1, time: null, value: 1e308 },
      { key: 'a, b', step: 2, time: null, value: Number.POSITIVE_INFINITY },
    ]);
    expect(
      parse('m.tsv', 'x\ty', '1\t2', '3\t4').map(({ key, step, value }) => [key, step, value]),
    ).toEqual([
      ['x', 0, 1],
      ['y', 0, 2],
      ['x', 1, 3],
      ['y', 1, 4],
    ]);
  });
});

describe('following a metrics file', () => {
  async function follow(
    name: string,
    change: (path: string, read: () => Promise<void>) => Promise<void>,
  ) {
    const { folder, tracking, store } = openServices();
    const { id } = tracking.createRun(commandRun());
    const path = join(folder, name);
    const before = { path };
    return {
      path,
      begin: async (existing?: string) => {
        if (existing !== undefined) writeFileSync(path, existing);
        const follower = new PointsFollower({ tracking, logger }, id, [
          { path: before.path, prefix: '' },
        ]);
        await change(path, () => new Promise((resolve) => setTimeout(resolve, 500)));
        await follower.finish();
        return readCurves(store, [id], null, 1e6).series.map((series) => [
          series.key,
          [...series.steps],
          [...series.values],
        ]);
      },
    };
  }

  it('stores points while the file grows, a last line without its end among them', async () => {
    const { begin } = await follow('m.jsonl', async (path, read) => {
      writeFileSync(path, '{"step": 1, "loss": 1}\n{"step": 2, "lo');
      await read();
      appendFileSync(path, 'ss": 2}\n{"step": 3, "loss": 3}');
    });
    expect(await begin()).toEqual([['loss', [1, 2, 3], [1, 2, 3]]]);
  });

  it('does not take the lines of an earlier run for its own', async () => {
    const { begin } = await follow('m.csv', async (path) => appendFileSync(path, '2,20\n'));
    expect(await begin('step,loss\n1,10\n')).toEqual([['loss', [2], [20]]]);
  });

  it('begins again, without doubles, when the file is written anew', async () => {
    const { begin } = await follow('m.csv', async (path, read) => {
      writeFileSync(path, 'step,loss\n1,5\n2,6\n');
      await read();
      writeFileSync(path, 'step,loss\n1,7\n2,8\n3,9\n4,10\n');
      await read();
    });
    expect(await begin('step,loss\n1,10\n2,11\n3,12\n')).toEqual([
      ['loss', [1, 2, 3, 4], [7, 8, 9, 10]],
    ]);
  });

  it('notices a file of the same bytes, written anew by a run that repeats an earlier one', async () => {
    const { begin } = await follow('m.csv', async (path, read) => {
      writeFileSync(path, 'step,loss\n1,10\n');
      await read();
      appendFileSync(path, '2,20\n');
    });
    expect(await begin('step,loss\n1,10\n')).toEqual([['loss', [1, 2], [10, 20]]]);
  });

  it('takes a file that was replaced by a longer one as a whole, once', async () => {
    const { begin } = await follow('m.jsonl', async (path, read) => {
      writeFileSync(path, '{"step": 1, "loss": 1}\n');
      await read();
      writeFileSync(`${path}.new`, '{"step": 1, "loss": 1}\n{"step": 2, "loss": 2}\n');
      renameSync(`${path}.new`, path);
    });
    expect(await begin()).toEqual([['loss', [1, 2], [1, 2]]]);
  });

  it('counts the steps of appended lines from the beginning of what is new', async () => {
    const { begin } = await follow('m.jsonl', async (path) => {
      appendFileSync(path, '{"loss": 3}\n{"loss": 4}\n');
    });
    expect(await begin('{"loss": 1}\n{"loss": 2}\n')).toEqual([['loss', [0, 1], [3, 4]]]);
  });

  it('survives what is no file, and a store that is locked for a while: nothing is lost', async () => {
    const { folder, tracking, store } = openServices();
    const { id } = tracking.createRun(commandRun());
    mkdirSync(join(folder, 'folder.csv'));
    const path = join(folder, 'm.csv');
    const warnings: string[] = [];
    const context = {
      tracking: Object.assign(Object.create(tracking), {
        appendMetrics: (run: string, points: readonly MetricPoint[]) => {
          if (warnings.length < 2) throw new Error('database is locked');
          tracking.appendMetrics(run, points);
        },
      }),
      logger: createLogger('warn', (line) => warnings.push(line)),
    };
    const files = [join(folder, 'folder.csv'), path].map((one) => ({ path: one, prefix: '' }));
    const follower = new PointsFollower(context, id, files);
    writeFileSync(path, 'step,loss\n1,10\n');
    await new Promise((resolve) => setTimeout(resolve, 600));
    appendFileSync(path, '2,20\n');
    await follower.finish();
    expect(warnings.join('')).toMatch(/folder\.csv could not be read.*EISDIR.*database is locked/s);
    const { series } = readCurves(store, [id], null, 1e6);
    expect(series.map(({ key, values }) => [key, [...values]])).toEqual([['loss', [10, 20]]]);
  });
});
