/** Puts the scripts together that a page gets before its own. */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';

export const worldName = 'electron-preload';
/** The function by which the preload's world reaches Node, and the one by which it is reached. */
export const bindingName = '__standinPost';
export const receiverName = '__standinReceive';

/** The source of one of the neighbouring files, as an expression that gives its exports. */
function moduleExpression(file: string, exports: readonly string[]): string {
  const text = stripTypeScriptTypes(readFileSync(join(import.meta.dirname, file), 'utf8'));
  const body = text.replaceAll(/^export /gm, '').replaceAll(/^import .*$/gm, '');
  return `(() => {${body}\nreturn { ${exports.join(', ')} };})()`;
}

/** For the page's own world: what `contextBridge` exposes arrives here. */
export function pageWorldScript(secret: string): string {
  return `if (window === window.top) {
    const { createBridge } = ${moduleExpression('bridge.ts', ['createBridge'])};
    createBridge(document, ${JSON.stringify(secret)}, 'page');
  }`;
}

/** For the preload's world: Electron's part of it, and the built preload. */
export function preloadWorldScript(secret: string, preload: string, platform: string): string {
  const source = readFileSync(preload, 'utf8');
  return `if (window === window.top) {
    const { encode, decode } = ${moduleExpression('codec.ts', ['encode', 'decode'])};
    const { createBridge } = ${moduleExpression('bridge.ts', ['createBridge'])};
    const { createPreloadWorld } = ${moduleExpression('preload-world.ts', ['createPreloadWorld'])};
    const post = globalThis.${bindingName};
    const bridge = createBridge(document, ${JSON.stringify(secret)}, 'preload');
    const world = createPreloadWorld(
      bridge, (message) => post(encode(message)), ${JSON.stringify(platform)});
    globalThis.${receiverName} = (text) => world.receive(decode(text));
    (function (require, process, module, exports) {
${source}
    })(world.require, world.process, { exports: {} }, {});
  }`;
}
