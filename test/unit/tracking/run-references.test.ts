import { describe, expect, it } from 'vitest';
import { Notes } from '../../../src-main/tracking/index.ts';
import { mapReferences } from '../../../src-main/tracking/run-references.ts';
import { commandRun, openServices } from './support.ts';

describe('the numbers of runs in a note', () => {
  const moved = (text: string) =>
    mapReferences(text, (label) => (label === '02.7' ? '03.1' : label));

  it.each([
    ['#02.7 beats #02.6.', '#03.1 beats #02.6.'],
    ['See (#2.7), “#02.7”：#02.7', 'See (#03.1), “#03.1”：#03.1'],
    ['`#02.7` and ``a ` #02.7`` but #02.7', '`#02.7` and ``a ` #02.7`` but #03.1'],
    ['x#02.7 ##02.7 /#02.7 #02.7.1 #02.71 #02.7a 02.7', null],
    ['one ` only: #02.7', 'one ` only: #03.1'],
    ['```py\n# see #02.7\n```\n#02.7', '```py\n# see #02.7\n```\n#03.1'],
    ['~~~\n```\n#02.7\n~~~~\n#02.7', '~~~\n```\n#02.7\n~~~~\n#03.1'],
    ['```cairn diff\n02.7 02.6\n```', '```cairn diff\n03.1 02.6\n```'],
    ['````cairn diff 02.6 2.7\n````', '````cairn diff 02.6 03.1\n````'],
    ['```cairn diff\nHEAD~02.7 v02.7 a.02.7 02.7.1\n```', null],
    ['```cairn table\nloss < 02.7\n```', null],
    ['```\n#02.7', null],
  ])('in %j become %j', (text, wanted) => {
    expect(moved(text)).toBe(wanted ?? text);
  });
});

describe('notes of runs that get other numbers', () => {
  it('go on meaning the same runs, in every edit, undo and redo', async () => {
    const { store, tracking, experiments, undo } = openServices();
    const notes = new Notes(store);
    const runs = ['alpha', 'alpha', 'beta'].map((experiment) =>
      tracking.createRun(commandRun({ experiment })),
    );
    const [first, second, third] = runs.map(({ id }) => id) as [string, string, string];
    const note = notes.create(
      '#01.1 then #01.2, #02.1 and #09.9\n\n```cairn diff\n01.1 02.1\n```',
      null,
    );
    tracking.update(third, { note: 'better than #01.2' });
    const [alpha, beta] = experiments.list().map(({ id }) => ({ id })) as [
      { id: string },
      { id: string },
    ];
    experiments.update(alpha.id, { note: 'began with #01.1' });
    const texts = () => [
      notes.version(notes.history(note)[0]!.id).body,
      store.prepare<[], string>('SELECT body FROM notes').pluck().get(),
      tracking.get(third).note,
      experiments.list().find(({ id }) => id === alpha.id)?.note,
    ];
    const label = (id: string) => tracking.get(id).label;
    const wanted = () => {
      const [a, b, c] = [label(first), label(second), label(third)];
      const body = `#${a} then #${b}, #${c} and #09.9\n\n\`\`\`cairn diff\n${a} ${c}\n\`\`\``;
      return [body, body, `better than #${b}`];
    };
    experiments.reorderRuns(alpha.id, [second, first]);
    expect(label(first)).toBe('01.2');
    expect(texts()).toEqual([...wanted(), 'began with #01.2']);
    experiments.reorder([beta.id, alpha.id]);
    expect(texts()).toEqual([...wanted(), 'began with #02.2']);
    await undo.undo();
    expect(texts()).toEqual([...wanted(), 'began with #01.2']);
    await undo.redo();
    experiments.merge(alpha.id, beta.id);
    expect(texts().slice(0, 3)).toEqual(wanted());
    for (let left = 3; left > 0; left--) await undo.undo();
    expect(texts()).toEqual([...wanted(), 'began with #01.1']);
    expect(label(first)).toBe('01.1');
    expect(notes.history(note)).toHaveLength(1);
  });
});
