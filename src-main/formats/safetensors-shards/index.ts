/**
 * A model in several safetensors files: `model.safetensors.index.json` names the file of each
 * tensor, beside itself. All of them open as one model. The layout is that of Hugging Face's
 * `save_torch_state_dict`.
 */
import { CairnError } from '../../base/errors.ts';
import { JsonReader } from '../json-reader.ts';
import { type JsonValue, readJsonValue } from '../json-values.ts';
import { neighbourFile } from '../neighbour.ts';
import { PositionalFile } from '../positional.ts';
import { safetensorsReader } from '../safetensors.ts';
import type { TensorFile, TensorInfo, TensorReader } from '../tensor-file.ts';
import { brokenFile, maxTensors, shortened } from '../tensor-parts.ts';

const maxIndexBytes = 64 * 1024 * 1024;
const maxShards = 10_000;

export const safetensorsShardsReader: TensorReader = {
  names: /\.safetensors\.index\.json$/i,
  match: ({ path, start }) =>
    start[0] === 0x7b &&
    (/\.safetensors\.index\.json$/i.test(path) ||
      /"weight_map"\s*:\s*\{\s*"[^"]*"\s*:\s*"[^"]*\.safetensors"/.test(start.toString('latin1'))),
  open: readShards,
};

async function readShards(file: PositionalFile): Promise<TensorFile> {
  const broken = brokenFile(file.path, 'safetensors index');
  if (file.size > maxIndexBytes) return broken('it is over 64 MiB');
  const text = (await file.read(0, file.size)).toString('utf8');
  const { shardOf, metadata } = readIndex(new JsonReader(text, broken));
  const shards = [...new Set(shardOf.values())];
  if (shards.length > maxShards) return broken('it names over 10 000 files');
  const tensors = new Map<string, TensorInfo>();
  const notes: string[] = [];
  const companions: string[] = [];
  let sizeBytes = file.size;
  for (const shard of shards) {
    const opened = await openShard(file.path, shard);
    companions.push(opened.path);
    sizeBytes += opened.sizeBytes;
    for (const [key, value] of opened.metadata) if (!metadata.has(key)) metadata.set(key, value);
    const strangers = opened.tensors.filter(({ name }) => shardOf.get(name) !== shard);
    for (const tensor of opened.tensors) {
      if (shardOf.get(tensor.name) === shard) tensors.set(tensor.name, tensor);
    }
    if (strangers.length > 0) {
      notes.push(
        `${shard} holds ${strangers.length} tensors that the index does not look for there; they were left out.`,
      );
    }
  }
  for (const [name, shard] of shardOf) {
    if (!tensors.has(name)) {
      broken(`the tensor ${JSON.stringify(name)} is not in ${JSON.stringify(shard)}`);
    }
  }
  return {
    path: file.path,
    format: 'safetensors',
    sizeBytes,
    metadata,
    tensors: [...tensors.values()],
    notes,
    badge: 'data',
    findings: [],
    companions,
  };
}

async function openShard(index: string, shard: string): Promise<TensorFile> {
  await using file = await PositionalFile.open(await neighbourFile(index, shard, 'taken'));
  const start = await file.read(0, Math.min(16, file.size));
  const probe = { path: file.path, start, size: file.size, members: null };
  if (!safetensorsReader.match(probe)) {
    throw new CairnError(
      'corrupt',
      `${file.path} is named by an index, but is no safetensors file.`,
    );
  }
  return await safetensorsReader.open(file, probe);
}

function readIndex(json: JsonReader) {
  const shardOf = new Map<string, string>();
  const metadata = new Map<string, string>();
  let seen = false;
  json.object((key) => {
    if (key === 'weight_map') {
      seen = true;
      json.object((name) => {
        if (shardOf.size === maxTensors) json.fail('it declares over 200 000 tensors');
        shardOf.set(name, json.string());
      });
    } else if (key === 'metadata' && json.peek() === '{') {
      json.object((name) => metadata.set(name, shown(readJsonValue(json))));
    } else readJsonValue(json);
  });
  json.end();
  if (!seen) json.fail('it has no weight_map');
  return { shardOf, metadata };
}

function shown(value: JsonValue): string {
  if (typeof value === 'object' && value !== null) return '…';
  return shortened(String(value));
}
