/** Live blocks in an exported note: what they show stands in their place, or their source. */
import { expect, it } from 'vitest';
import type { Session } from '../../../src-main/api/session.ts';
import { fillBlocks } from '../../../src-main/api/timeline/blocks.ts';
import { type Picture, toHtml } from '../../../src-main/exports/timeline/render.ts';
import { commandRun, openServices } from '../tracking/support.ts';

function twoRuns() {
  const services = openServices();
  const { tracking, folder } = services;
  for (const [name, lr] of [
    ['narrow | wide', '0.1'],
    ['<b>bold</b>', '0.3'],
  ] as const) {
    const { id } = tracking.createRun(commandRun({ experiment: 'first', name }));
    tracking.setParams(id, [{ file: 'params.yaml', key: 'lr', value: lr }]);
    tracking.appendMetrics(
      id,
      [3, 2, 1].map((value, step) => ({
        key: 'loss',
        step,
        time: step,
        value: value + Number(lr),
      })),
    );
    tracking.finishRun(id, { status: 'FINISHED', exitCode: 0, error: null });
  }
  const session = {
    ...services,
    workspace: { root: folder, storeDir: folder },
    code: null,
    repository: null,
  };
  return session as unknown as Session;
}

async function fill(note: string) {
  const pictures = new Map<string, Picture>();
  return { text: await fillBlocks(twoRuns(), note, pictures), pictures };
}

it('draws tables of runs', async () => {
  const { text } = await fill(
    'Before\n\n```cairn table\norder by params.lr show lr, loss\n```\nafter',
  );
  expect(text.split('\n')).toEqual([
    'Before',
    '',
    '| Run | Status | lr | loss |',
    '| --- | --- | ---: | ---: |',
    String.raw`| 01\.1 narrow \| wide | finished | ${'`0.1`'} | 1.1 |`,
    String.raw`| 01\.2 \<b\>bold\</b\> | finished | ${'`0.3`'} | 1.3 |`,
    'after',
  ]);
  const page = toHtml(text, new Map());
  expect(page).toContain('<td>01.1 narrow | wide</td>');
  expect(page).not.toContain('<b>');
});

it('says how many runs there are beyond the limit, and when there are none', async () => {
  expect((await fill('```cairn\ntable limit 1\n```')).text).toMatch(/\n\n\*1 of 2 runs\.\*$/);
  expect((await fill('```cairn table params.lr = 7\n```')).text).toBe('*No runs.*');
});

it('compares two sides', async () => {
  const { text } = await fill('~~~cairn diff\n01.1 01.2\n~~~');
  expect(text).toContain(String.raw`**01\.1 narrow \| wide → 01\.2 \<b\>bold\</b\>**`);
  expect(text).toContain('| lr | `0.1` | `0.3` |  |');
  expect(text).toContain('| loss | 1.1 | 1.3 | +0.2 |');
});

it('draws curves as pictures that stand alone', async () => {
  const { text, pictures } = await fill('```cairn chart\nloss, none\n```');
  const [name = ''] = [...pictures.keys()];
  expect(text).toBe(`![](image:${name})`);
  const svg = Buffer.from(pictures.get(name)?.bytes ?? []).toString();
  expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
  expect(svg).toContain('01.2 &#60;b&#62;bold&#60;/b&#62;');
  expect(svg.match(/<path /g)).toHaveLength(2);
  expect(toHtml(text, pictures)).toContain('src="data:image/svg+xml;base64,');
});

it.each([
  '```cairn table\nlr = = 3\n```',
  '```cairn diff\n01.1 09.9\n```',
  '```cairn chart\nnothing\n```',
  '```cairn-like table\n```',
  '````md\n```cairn table\n```\n````',
  'cairn table',
])('leaves %j as it is written', async (note) => {
  expect((await fill(note)).text).toBe(note);
});
