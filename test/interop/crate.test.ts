/** An exported run as an RO-Crate, in the eyes of the tools that others read crates with. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dvcProject, type Project } from './project.ts';

const validator = join(import.meta.dirname, 'validate_crate.py');
const example = join(import.meta.dirname, '../../resources/example');
const cleanUps: (() => void)[] = [];

let project: Project;
let crate: string;

beforeAll(() => {
  project = dvcProject((cleanUp) => cleanUps.push(cleanUp));
  cpSync(example, project.root, { recursive: true });
  project.commit('Penguins');
  project.cairn('repro', '-P', 'train.epochs=5');
  const bundle = join(project.root, '..', 'penguins.zip');
  project.cairn('export', '01.1', '-o', bundle);
  crate = join(project.root, '..', 'crate');
  project.run('python', '-m', 'zipfile', '-e', bundle, crate);
});
afterAll(() => {
  for (const cleanUp of cleanUps) cleanUp();
});

it('is valid at REQUIRED by roc-validator', () => {
  expect(JSON.parse(project.run('python', validator, crate))).toEqual([]);
});

it.each([
  ['no licence on the root', (entity: Entity) => entity['@id'] === './' && delete entity.license],
  [
    'actions without instrument',
    (entity: Entity) => entity['@type'] === 'CreateAction' && delete entity.instrument,
  ],
  [
    'a file that is not there',
    (entity: Entity) => entity['@type'] === 'File' && Object.assign(entity, { '@id': 'gone' }),
  ],
])('is not valid any more with %s', (_what, damage) => {
  const broken = `${crate}-broken`;
  cpSync(crate, broken, { recursive: true });
  const path = join(broken, 'ro-crate-metadata.json');
  const metadata = JSON.parse(readFileSync(path, 'utf8')) as { '@graph': Entity[] };
  for (const entity of metadata['@graph']) damage(entity);
  writeFileSync(path, JSON.stringify(metadata));
  expect(() => project.run('python', validator, broken)).toThrow();
});

it('loads in Python’s rocrate, with its workflow, its actions and its files', () => {
  const script = `
import json, sys
from rocrate.rocrate import ROCrate
crate = ROCrate(sys.argv[1])
actions = [e for e in crate.contextual_entities if e.type == "CreateAction"]
print(json.dumps({
  "workflow": crate.mainEntity.id,
  "actions": sorted(a["name"] for a in actions),
  "results": sorted(r.id for a in actions if a["name"] == "train" for r in ([a["result"]] if not isinstance(a["result"], list) else a["result"])),
  "files": [e.id for e in crate.data_entities if e.type == "File"],
}))`;
  const folder = join(project.root, '..', 'scripts');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'load.py'), script);
  const found = JSON.parse(project.run('python', join(folder, 'load.py'), crate)) as {
    workflow: string;
    actions: string[];
    results: string[];
    files: string[];
  };
  expect(found.workflow).toBe('project/dvc.yaml');
  expect(found.actions).toEqual(
    expect.arrayContaining(['evaluate', 'featurize', 'prepare', 'train']),
  );
  expect(found.results).toContain('outputs/build/model.safetensors');
  for (const file of found.files)
    expect(existsSync(join(crate, decodeURIComponent(file))), file).toBe(true);
  expect(found.files).toContain('project/data/penguins.csv');
});

it('is valid for a command too: one that failed, with names that an address has to escape', () => {
  const own = dvcProject((cleanUp) => cleanUps.push(cleanUp));
  const odd = 'a b/ü%20#&.txt';
  own.write('my script.py', `open('out+${'é'}.txt', 'w').write('x')\nraise SystemExit(2)\n`);
  own.write(odd, 'x\n');
  own.commit('Begin');
  expect(() => own.cairn('run', '--', 'python', 'my script.py', odd)).toThrow();
  const bundle = join(own.root, '..', 'command.zip');
  own.cairn('export', '01.1', '-o', bundle);
  const folder = join(own.root, '..', 'crate');
  own.run('python', '-m', 'zipfile', '-e', bundle, folder);
  expect(JSON.parse(own.run('python', validator, folder))).toEqual([]);
  const text = readFileSync(join(folder, 'ro-crate-metadata.json'), 'utf8');
  const graph = (JSON.parse(text) as { '@graph': Entity[] })['@graph'];
  const run = graph.find((entity) => entity['@id'].startsWith('#run-'));
  expect(run).toMatchObject({
    actionStatus: 'http://schema.org/FailedActionStatus',
    error: 'Ended with exit code 2.',
    result: [{ '@id': 'outputs/out%2B%C3%A9.txt' }],
  });
  expect(graph.map((entity) => entity['@id'])).toContain('project/a%20b/%C3%BC%2520%23%26.txt');
});

interface Entity {
  '@id': string;
  '@type': string | string[];
  [property: string]: unknown;
}
