/**
 * Loaded before a built entry (`node --import …/register.ts out/main/electron.js`): has the module
 * `electron` mean the stand-in, or, in a utility process, provides its `parentPort`.
 */
import { registerHooks } from 'node:module';
import { installParentPort, utilityMark } from './utility-process.ts';

if (process.env[utilityMark] === undefined) {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron'
        ? { url: new URL('./electron.ts', import.meta.url).href, shortCircuit: true }
        : next(specifier, context),
  });
} else {
  delete process.env[utilityMark];
  installParentPort();
}
