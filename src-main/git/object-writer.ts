/** Puts new objects into the object store: a few as loose files, many as one pack. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { ObjectDatabase } from './object-database.ts';
import type { ObjectType } from './pack.ts';
import { PackWriter } from './pack-writer.ts';
import { safeFs } from './safe-fs.ts';

/** From here on one pack is written instead. */
const mostLoose = 100;
const mostLooseBytes = 32 << 20;

export class ObjectWriter {
  readonly #objects: ObjectDatabase;
  readonly #gitDir: string;
  readonly #loose = new Map<string, { type: ObjectType; data: Uint8Array }>();
  #looseBytes = 0;
  #pack: PackWriter | null = null;

  /** @param gitDir absolute; the common folder where worktrees share one */
  constructor(gitDir: string, objects: ObjectDatabase) {
    this.#gitDir = gitDir;
    this.#objects = objects;
  }

  /** Whether the object is stored, or will be by `flush`. */
  has(oid: string): boolean {
    return this.#loose.has(oid) || this.#pack?.has(oid) === true || this.#objects.has(oid);
  }

  /** Takes an object unless it is there already. @returns its id */
  add(type: ObjectType, data: Uint8Array): string {
    const oid = createHash('sha1').update(`${type} ${data.length}\0`).update(data).digest('hex');
    if (this.has(oid)) return oid;
    if (this.#pack !== null) {
      this.#pack.add(oid, type, data);
      return oid;
    }
    this.#loose.set(oid, { type, data });
    this.#looseBytes += data.length;
    if (this.#loose.size > mostLoose || this.#looseBytes > mostLooseBytes) this.#startPack();
    return oid;
  }

  /** Makes everything durable. Nothing may refer to the objects before. */
  async flush(): Promise<void> {
    this.#pack?.finish();
    const { writeObject } = await import('isomorphic-git');
    await Promise.all(
      [...this.#loose].map(([oid, { type, data }]) =>
        writeObject({
          fs: safeFs,
          gitdir: this.#gitDir,
          format: 'deflated',
          oid,
          object: deflateSync(Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data])),
        }),
      ),
    );
    this.#pack = null;
    this.#loose.clear();
    this.#objects.refresh();
  }

  /** Forgets what was taken since the last `flush`. */
  abandon(): void {
    this.#pack?.abandon();
    this.#pack = null;
    this.#loose.clear();
  }

  #startPack(): void {
    this.#pack = new PackWriter(join(this.#gitDir, 'objects'));
    for (const [oid, { type, data }] of this.#loose) this.#pack.add(oid, type, data);
    this.#loose.clear();
  }
}
