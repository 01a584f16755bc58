/** Bundles by people who know the format and mean no good. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import yazl from 'yazl';
import { isWindowsName, namesCollide } from '../../../src-main/bundles/entry-name.ts';
import { reproduceBundle, verifyBundle } from '../../../src-main/bundles/index.ts';
import { unpack } from '../../../src-main/bundles/unpack.ts';
import { Archive } from '../../../src-main/bundles/zip-reader.ts';
import { tempFolder } from '../../support/temp.ts';
import { bundleOf, forge, handmade, makeRun } from './support.ts';

const small = () => makeRun({ 'make.py': 'print(1)\n' }, { 'out.txt': 'hello\n' });

/** A zip of one file, with its bytes patched: where a field of each header lies, and its value. */
async function patched(
  content: Buffer,
  fields: {
    readonly central: number;
    readonly local: number;
    readonly value: number;
    bytes: 2 | 4;
  },
): Promise<string> {
  const zip = new yazl.ZipFile();
  zip.addBuffer(content, 'project/data.bin');
  zip.addBuffer(Buffer.from(''), 'manifest-sha256.txt');
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  const all = Buffer.concat(chunks);
  const write = (at: number) =>
    fields.bytes === 2 ? all.writeUInt16LE(fields.value, at) : all.writeUInt32LE(fields.value, at);
  write(all.indexOf('PK\u0001\u0002', 'latin1') + fields.central);
  write(all.indexOf('PK\u0003\u0004', 'latin1') + fields.local);
  const path = join(tempFolder(), 'patched.zip');
  writeFileSync(path, all);
  return path;
}

const flags = { central: 8, local: 6, bytes: 2 } as const;
const uncompressedSize = { central: 24, local: 22, bytes: 4 } as const;

it('refuses encrypted entries', async () => {
  const path = await patched(Buffer.from('x'), { ...flags, value: 0x801 });
  const { problems } = await verifyBundle(path);
  expect(problems).toContainEqual({
    path: 'project/data.bin',
    state: 'unsafe',
    detail: 'it is encrypted',
  });
});

it('refuses a bomb before it unpacks anything of it', async () => {
  const path = await patched(Buffer.alloc(1000), { ...uncompressedSize, value: 0xffff_fff0 });
  await expect(verifyBundle(path)).rejects.toMatchObject({
    code: 'corrupt',
    message: expect.stringContaining('far more than it can hold'),
  });
});

it('stops at the size an entry claims to have, when it holds more', async () => {
  const path = await patched(Buffer.alloc(20_000_000), { ...uncompressedSize, value: 10 });
  const { problems } = await verifyBundle(path);
  expect(problems[0]).toMatchObject({ path: 'project/data.bin', state: 'unexpected' });
  const archive = await Archive.open(path);
  const folder = join(tempFolder(), 'into');
  await expect(unpack(archive, 'project/', folder, {})).rejects.toMatchObject({
    code: 'corrupt',
    cause: { message: expect.stringContaining('too many bytes') },
  });
  archive.close();
});

it('refuses two entries of one name, and names that only some systems tell apart', async () => {
  const twice = await handmade([{ name: 'project/a' }, { name: 'project/a' }]);
  const found = (await verifyBundle(twice)).problems.find((one) => one.state === 'unsafe');
  expect(found?.detail).toBe('another entry has the same name');
  const seen = new Map<string, string>();
  expect(namesCollide(seen, 'project/Straße')).toBeNull();
  expect(namesCollide(seen, 'project/straße')).toBe('project/Straße');
  expect(namesCollide(seen, 'project/caf\u00e9')).toBeNull();
  expect(namesCollide(seen, 'project/cafe\u0301')).toBe('project/caf\u00e9');
});

it('says that a bundle is of a newer Cairn', async () => {
  const path = await bundleOf(small());
  const archive = await Archive.open(path);
  const entry = archive.find('cairn.json');
  const record = JSON.parse(entry === undefined ? '' : String(await archive.read(entry)));
  archive.close();
  const newer = await forge(path, { 'cairn.json': JSON.stringify({ ...record, format: 99 }) });
  await expect(verifyBundle(newer)).rejects.toMatchObject({ code: 'too-new' });
  const lacking = await forge(path, { 'cairn.json': JSON.stringify({ ...record, spec: 1 }) });
  expect((await verifyBundle(lacking)).problems).toMatchObject([
    { path: 'cairn.json', state: 'altered' },
  ]);
});

it('does not vouch for a bundle without a record, and reports what nobody named', async () => {
  const path = await bundleOf(small());
  const { ok, problems } = await verifyBundle(await forge(path, { 'cairn.json': null }));
  expect({ ok, problems }).toMatchObject({ ok: false, problems: [{ path: 'cairn.json' }] });
});

it('reports a seal that was taken off by packing the same files again', async () => {
  const path = await bundleOf(small());
  const archive = await Archive.open(path);
  const zip = new yazl.ZipFile();
  for (const entry of archive.entries) zip.addBuffer(await archive.read(entry), entry.name);
  archive.close();
  zip.addBuffer(Buffer.from('x'), 'project/extra.py');
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  writeFileSync(path, Buffer.concat(chunks));
  expect((await verifyBundle(path)).problems).toMatchObject([
    { path: 'project/extra.py', state: 'unexpected' },
  ]);
});

it('never writes through a link, over a file, or to a name that Windows reads otherwise', async () => {
  const open = async (entries: Parameters<typeof handmade>[0]) =>
    Archive.open(await handmade(entries));
  const folder = tempFolder();
  mkdirSync(join(folder, 'there'));
  writeFileSync(join(folder, 'there', 'a'), 'mine');
  const over = await open([{ name: 'project/a' }]);
  await expect(unpack(over, 'project/', join(folder, 'there'), {})).rejects.toThrow('EEXIST');
  expect(readFileSync(join(folder, 'there', 'a'), 'utf8')).toBe('mine');

  const link = await open([{ name: 'project/l', mode: 0o120777 }, { name: 'project/l/x' }]);
  await expect(unpack(link, 'project/', join(folder, 'link'), {})).rejects.toThrow('symbolic link');
  const drive = await open([{ name: 'project/C_/x', patch: ['project/C_/x', 'project/C:/x'] }]);
  await expect(unpack(drive, 'project/', join(folder, 'drive'), {})).rejects.toThrow(
    'must not be unpacked',
  );
  const device = await open([{ name: 'project/nul.txt' }]);
  await expect(
    unpack(device, 'project/', join(folder, 'device'), {}, 'win32'),
  ).rejects.toMatchObject({ code: 'unsupported' });
  await unpack(device, 'project/', join(folder, 'device'), {}, 'linux');
  expect(existsSync(join(folder, 'device', 'nul.txt'))).toBe(true);
  expect(
    ['a:b', 'a/b.', 'a /b', 'COM1', 'x/aux.tar.gz', 'a?'].filter((name) => isWindowsName(name)),
  ).toEqual([]);
  expect(isWindowsName('a/.gitignore')).toBe(true);
  for (const archive of [over, link, drive, device]) archive.close();
});

it('leaves no folder behind when reproducing fails or is cancelled', async () => {
  const made = small();
  const path = await bundleOf(made);
  const parent = tempFolder();
  const services = {
    cache: made.sources.cache,
    home: '/home/ada',
    compareTensors: async () => null,
  };
  const fails = { ...services, execute: () => Promise.reject(new Error('no runner')) };
  await expect(reproduceBundle(path, join(parent, 'new'), 0, fails)).rejects.toThrow('no runner');
  mkdirSync(join(parent, 'empty'));
  await expect(reproduceBundle(path, join(parent, 'empty'), 0, fails)).rejects.toThrow();
  expect(readdirSync(parent)).toEqual(['empty']);
  expect(readdirSync(join(parent, 'empty'))).toEqual([]);

  const stop = new AbortController();
  const work = {
    signal: stop.signal,
    onProgress: ({ phase }: { phase: string }) => phase === 'Unpacking' && stop.abort(),
  };
  const into = join(parent, 'cancelled');
  await expect(reproduceBundle(path, into, 0, fails, work)).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(existsSync(into)).toBe(false);
});
