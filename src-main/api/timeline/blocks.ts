/** Live blocks in the notes of an export: what they showed when it was made. */
import { createHash } from 'node:crypto';
import { CairnError } from '../../base/errors.ts';
import { splitFences } from '../../base/fences.ts';
import { type Block, parseBlock } from '../../contract/note-blocks.ts';
import { curvesAsSvg } from '../../exports/page/curves.ts';
import { diffAsMarkdown, type Picture, runsAsMarkdown } from '../../exports/timeline/index.ts';
import { readCurves } from '../../tracking/index.ts';
import { summarise } from '../diff/summary.ts';
import { listRuns } from '../run-list.ts';
import type { Session } from '../session.ts';

/** Points of a curve in a picture. */
const mostPoints = 1000;

/** Puts tables and pictures in the place of live blocks; one that says nothing stays as it was written. */
export async function fillBlocks(
  session: Session,
  note: string,
  pictures: Map<string, Picture>,
): Promise<string> {
  if (!note.includes('cairn')) return note;
  const parts: string[] = [];
  for (const part of splitFences(note)) {
    const word = part.kind === 'fence' ? /^cairn(?![\w-])(.*)$/.exec(part.info) : null;
    if (part.kind === 'text' || word === null) parts.push(part.source);
    else {
      const block = parseBlock(`${word[1]}\n${part.body}`);
      parts.push((await fill(session, block, pictures)) ?? part.source);
    }
  }
  return parts.join('\n');
}

async function fill(
  session: Session,
  block: Block,
  pictures: Map<string, Picture>,
): Promise<string | null> {
  try {
    switch (block.kind) {
      case 'table': {
        const { rows, matching } = find(session, block);
        return runsAsMarkdown(rows, block.columns, matching);
      }
      case 'diff':
        return diffAsMarkdown(await summarise(session, block, {}));
      case 'chart':
        return draw(session, block, pictures);
      case 'problem':
        return null;
    }
  } catch (error) {
    // A filter that is none, a run that is gone: the block says so itself when it is looked at.
    if (error instanceof CairnError) return null;
    throw error;
  }
}

function find(
  session: Session,
  { filter, orderBy, limit }: Exclude<Block, { kind: 'diff' | 'problem' }>,
) {
  return listRuns(session, { experimentId: null, filter, orderBy, offset: 0, limit });
}

function draw(
  session: Session,
  block: Extract<Block, { kind: 'chart' }>,
  pictures: Map<string, Picture>,
): string | null {
  const { rows } = find(session, block);
  const ids = rows.map(({ id }) => id);
  const { series } = readCurves(session.store, ids, [...block.metrics], mostPoints);
  const drawn = block.metrics.flatMap((metric) => {
    const curves = rows.flatMap((run, colour) =>
      series
        .filter((one) => one.runId === run.id && one.key === metric)
        .map((one) => ({ colour, label: `${run.label} ${run.name}`, series: one })),
    );
    const svg = curvesAsSvg(metric, curves);
    if (svg === null) return [];
    const bytes = Buffer.from(svg);
    const name = `${createHash('sha256').update(bytes).digest('hex')}.svg`;
    pictures.set(name, { type: 'image/svg+xml', bytes });
    return [`![](image:${name})`];
  });
  return drawn.length === 0 ? null : drawn.join('\n');
}
