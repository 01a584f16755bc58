/** `metrics/metrics.csv` of a bundle: every point of every metric. */
import type { Readable } from 'node:stream';
import type { Output } from '../contract/index.ts';
import { names } from './layout.ts';
import { damaged } from './zip-reader.ts';

export type Curves = Output<'runs.metrics'>['series'];

/** Lines of key, step, time (ISO 8601) and value. */
export function metricsCsv(curves: Curves): string {
  const lines = ['key,step,time,value'];
  for (const series of curves) {
    const key = /[",\r\n]/.test(series.key) ? `"${series.key.replaceAll('"', '""')}"` : series.key;
    series.values.forEach((value, index) => {
      const time = new Date(series.times[index] ?? 0).toISOString();
      lines.push(`${key},${series.steps[index]},${time},${value}`);
    });
  }
  return `${lines.join('\n')}\n`;
}

const line = /(?:"((?:[^"]|"")*)"|([^",\n]*)),([^,\n]*),([^,\n]*),([^,\n]*)\n/y;
/** No key is that long; a file that is none of ours might have no end of line at all. */
const longestLine = 1 << 20;

/**
 * The value of each metric at its last step, of a stream of what `metricsCsv` writes.
 * @throws CairnError `corrupt` for anything else
 */
export async function lastPoints(stream: Readable): Promise<Map<string, number>> {
  const last = new Map<string, { step: number; value: number }>();
  let rest = '';
  let isHeader = true;
  for await (const chunk of stream.setEncoding('utf8')) {
    rest += chunk;
    line.lastIndex = 0;
    let end = 0;
    for (let found = line.exec(rest); found !== null; found = line.exec(rest)) {
      end = line.lastIndex;
      const [, quoted, plain, step, , value] = found;
      const key = quoted?.replaceAll('""', '"') ?? plain ?? '';
      const point = { step: Number(step), value: Number(value) };
      if (!isHeader && !(point.step < (last.get(key)?.step ?? Number.NEGATIVE_INFINITY))) {
        last.set(key, point);
      }
      isHeader = false;
    }
    rest = rest.slice(end);
    if (rest.length > longestLine) break;
  }
  if (rest !== '') {
    throw damaged(names.metrics);
  }
  return new Map([...last].map(([key, point]) => [key, point.value]));
}
