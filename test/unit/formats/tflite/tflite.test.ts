import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTensorPath, openTensorFile } from '../../../../src-main/formats/tensors.ts';
import {
  elementsOf,
  expectedOf,
  expectTensors,
  survivesDamage,
} from '../../../support/tensor-fixtures.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/models/tensorflow');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-tflite-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Points to something that was built before. */
interface Ref {
  to: number;
}
type FieldValue = number | bigint | Ref | null;

/**
 * A FlatBuffer, built from its end to its start, since what points must come before what it points
 * to. Places are counted from the end.
 */
class Builder {
  bytes = Buffer.alloc(0);

  add(...parts: Buffer[]): Ref {
    this.bytes = Buffer.concat([...parts, this.bytes]);
    return { to: this.bytes.length };
  }

  list(...numbers: number[]): Ref {
    return this.counted(numbers.length, ...numbers);
  }

  /** A list that says that it has so many items. */
  counted(count: number, ...numbers: number[]): Ref {
    return this.add(...[count, ...numbers].map((number) => u32(number)));
  }

  text(value: string): Ref {
    const bytes = Buffer.from(value);
    return this.add(u32(bytes.length), bytes);
  }

  /** A table whose fields take 4 bytes, or 8 for a bigint; `null` is one that is left out. */
  table(...fields: FieldValue[]): Ref {
    const vtable = Buffer.alloc(4 + 2 * fields.length);
    vtable.writeUInt16LE(vtable.length, 0);
    const sizes = fields.map((field) => (typeof field === 'bigint' ? 8 : 4));
    const body = Buffer.alloc(4 + sizes.reduce((sum, size) => sum + size, 0));
    body.writeInt32LE(vtable.length, 0);
    const end = this.bytes.length + body.length;
    let at = 4;
    for (const [index, field] of fields.entries()) {
      if (field !== null) vtable.writeUInt16LE(at, 4 + 2 * index);
      if (typeof field === 'bigint') body.writeBigUInt64LE(field, at);
      else if (typeof field === 'number') body.writeInt32LE(field, at);
      else if (field) body.writeUInt32LE(end - at - field.to, at);
      at += sizes[index]!;
    }
    this.add(vtable, body);
    return { to: end };
  }

  tables(tables: readonly Ref[]): Ref {
    const end = this.bytes.length + 4 + 4 * tables.length;
    return this.list(...tables.map(({ to }, index) => end - 4 - 4 * index - to));
  }

  finish(root: Ref): Buffer {
    return Buffer.concat([u32(this.bytes.length + 8 - root.to), Buffer.from('TFL3'), this.bytes]);
  }
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

interface Model {
  shape?: number[];
  shapeCount?: number;
  type?: number;
  buffer?: number;
  data?: number;
  names?: string[];
  subgraphs?: number;
}

function build(model: Model) {
  const { shape = [2, 2], shapeCount, type = 0, buffer = 1, data = 16 } = model;
  const { names = ['w'], subgraphs = 1 } = model;
  const made = new Builder();
  const values = made.add(u32(data), Buffer.alloc(data, 5));
  const buffers = [made.table(null), made.table(values)];
  const sizes = made.counted(shapeCount ?? shape.length, ...shape);
  const tensors = names.map((name) => made.table(sizes, type, buffer, made.text(name)));
  const list = made.tables(tensors);
  const graphs = Array.from({ length: subgraphs }, () => made.table(list));
  return made.finish(made.table(3, null, made.tables(graphs), null, made.tables(buffers)));
}

function open(content: Buffer) {
  const path = join(folder, 'x.tflite');
  writeFileSync(path, content);
  return openTensorFile(path);
}

describe('TensorFlow Lite', () => {
  const names = ['plain.tflite', 'halves.tflite', 'quantised.tflite'];
  it.each(['new', 'old'].flatMap((version) => names.map((name) => [version, name] as const)))(
    'agrees with the interpreter bit by bit: %s %s',
    async (version, name) => {
      const file = await openTensorFile(join(fixtures, version, name));
      await expectTensors(file, expectedOf(join(fixtures, version))[name]!);
      expect(file).toMatchObject({ format: 'tflite', badge: 'data', findings: [], notes: [] });
      expect(isTensorPath(file.path)).toBe(true);
    },
  );

  it('keeps the graph', async () => {
    const { structure, metadata } = await openTensorFile(join(fixtures, 'old/plain.tflite'));
    expect(structure?.nodes.map(({ op }) => op)).toEqual(['CONV_2D', 'RESHAPE', 'FULLY_CONNECTED']);
    expect(structure).toMatchObject({
      inputs: [{ name: 'serving_default_input_1:0' }],
      outputs: [{ name: 'StatefulPartitionedCall_1:0' }],
      leftOut: 0,
    });
    expect(structure?.nodes[0]?.inputs[0]).toBe('serving_default_input_1:0');
    expect(metadata.get('description')).toContain('MLIR');
  });

  it('tells tensors of one name apart, in several graphs too', async () => {
    const file = await open(build({ names: ['w', 'w', 'w (2)', '🚀/ä'], subgraphs: 2 }));
    expect(file.tensors.map(({ name }) => name)).toEqual([
      'w',
      'w (2)',
      'w (2) (2)',
      '🚀/ä',
      'graph 1/w',
      'graph 1/w (2)',
      'graph 1/w (2) (2)',
      'graph 1/🚀/ä',
    ]);
    expect(await elementsOf(file.tensors[0]!)).toEqual(Buffer.alloc(16, 5));
  });

  it('leaves out text, and tensors without values', async () => {
    const text = await open(build({ type: 5 }));
    expect(text.notes).toEqual(['"w" holds no numbers and was left out.']);
    expect((await open(build({ buffer: 0 }))).tensors).toEqual([]);
  });

  it('reads values behind the FlatBuffer, as models over 2 GB have them', async () => {
    const behind = (length: bigint) => {
      const made = new Builder();
      // The FlatBuffer is 165 bytes long.
      const buffers = made.tables([made.table(null, 165n, length)]);
      const tensors = made.tables([made.table(made.list(4), 0, 0, made.text('far'))]);
      const graphs = made.tables([made.table(tensors)]);
      return made.finish(made.table(3, null, graphs, null, buffers));
    };
    const whole = behind(16n);
    expect(whole).toHaveLength(165);
    const file = await open(Buffer.concat([whole, Buffer.alloc(16, 9)]));
    expect(file.tensors[0]).toMatchObject({ name: 'far', shape: [4] });
    expect(await elementsOf(file.tensors[0]!)).toEqual(Buffer.alloc(16, 9));
    for (const [length, why] of [
      [17n, 'beyond its end'],
      [2n ** 63n, 'larger than any'],
    ] as const) {
      await expect(open(Buffer.concat([behind(length), Buffer.alloc(16)]))).rejects.toMatchObject({
        code: 'corrupt',
        message: expect.stringContaining(why),
      });
    }
  });

  const pointed = (change: (bytes: Buffer) => void) => {
    const bytes = build({});
    change(bytes);
    return bytes;
  };
  it.each<[string, Buffer, string]>([
    // A count that overflows an allocation (CVE-2022-23558).
    ['a shape of 2^30 dimensions', build({ shapeCount: 2 ** 30 }), 'beyond its end'],
    ['a shape of 2^32 - 1 dimensions', build({ shapeCount: 0xffffffff }), 'beyond its end'],
    ['a long shape', build({ shape: Array(65).fill(1) }), 'too long'],
    ['a negative dimension', build({ shape: [-4] }), 'another size'],
    ['a shape that overflows', build({ shape: [2 ** 30, 2 ** 30, 2 ** 30] }), 'another size'],
    ['another size', build({ data: 12 }), 'another size'],
    ['a buffer that is not there', build({ buffer: 9 }), 'does not exist'],
    ['very many graphs', build({ subgraphs: 10_001 }), 'over 10 000 graphs'],
    ['a root beyond the end', pointed((bytes) => bytes.writeUInt32LE(0xfffffff0, 0)), 'cut short'],
    [
      'a table before the start',
      pointed((bytes) => bytes.writeInt32LE(0x7fffffff, bytes.readUInt32LE(0))),
      'before its start',
    ],
    ['nothing more', Buffer.from('\0\0\0\0TFL3', 'latin1'), 'too short'],
    ['another mark', Buffer.alloc(64), 'TFL3 is missing'],
  ])('refuses %s', async (_, content, message) => {
    await expect(open(content)).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(message),
    });
  });

  it('does not look at one list of tensors for ever', async () => {
    const bytes = build({ names: Array(600).fill('w'), subgraphs: 1000, buffer: 0 });
    await expect(open(bytes)).rejects.toMatchObject({
      message: expect.stringContaining('over 500 000 tensors'),
    });
  });

  it.each(['plain.tflite', 'quantised.tflite'])('survives damage: %s', async (name) => {
    await survivesDamage(join(fixtures, 'new', name), join(folder, 'damaged.tflite'), 100);
  });

  it('survives being cut anywhere', async () => {
    const whole = readFileSync(join(fixtures, 'new/quantised.tflite'));
    for (let length = 0; length < whole.length; length += 61) {
      await open(whole.subarray(0, length)).catch((error) => {
        if (error.name !== 'CairnError') throw error;
      });
    }
  });
});
