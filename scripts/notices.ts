/** The licences of the packages that are bundled into the program, which ask to be passed on with it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** What its licence files say. */
  readonly texts: readonly string[];
}

/** Writes `THIRD-PARTY-NOTICES.txt` beside a bundle, with every package that went into it. */
export function notices(): Plugin {
  return {
    name: 'third-party-notices',
    generateBundle(_options, bundle) {
      const found = new Map<string, Package>();
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const id of chunk.moduleIds) {
          const folder = packageFolder(id);
          if (folder !== null && !found.has(folder)) found.set(folder, describe(folder));
        }
      }
      const parts = [...found.values()]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, version, licence, texts }) =>
          [`${name} ${version} (${licence})`, ...texts].join('\n\n'),
        );
      const source = `${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
      this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-NOTICES.txt', source });
    },
  };
}

/** The folder of the package that a module lies in; null for the program's own. */
function packageFolder(id: string): string | null {
  const path = id.replace(/^\0/, '').replace(/\?.*$/, '').replaceAll('\\', '/');
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? null;
}

function describe(folder: string): Package {
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as { name: string; version: string; license?: string };
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return { name, version, licence: license ?? 'see below', texts };
}
