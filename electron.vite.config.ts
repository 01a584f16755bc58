import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { notices } from './scripts/notices.ts';

const here = import.meta.dirname;

/**
 * `out/main` holds every Node entry: the Electron shell, the core it forks, the command line (which
 * is also the runner and the server), and the thread entries. Everything is bundled except the
 * packages with native parts, so that a command starts in tens of milliseconds.
 */
export default defineConfig({
  main: {
    plugins: [notices()],
    build: {
      outDir: 'out/main',
      // A runner of last week still loads the chunks that it was built with (scripts/setup.mjs
      // clears out what is old).
      emptyOutDir: false,
      externalizeDeps: false,
      sourcemap: true,
      minify: false,
      rollupOptions: {
        input: {
          electron: resolve(here, 'src-main/shells/electron/index.ts'),
          core: resolve(here, 'src-main/shells/electron/core.ts'),
          cli: resolve(here, 'src-main/shells/cli/index.ts'),
          'stat-worker': resolve(here, 'src-main/workers/stat-worker.ts'),
          'tensor-worker': resolve(here, 'src-main/workers/tensor-worker.ts'),
        },
        external: ['electron', 'better-sqlite3', 'koffi', 'fsevents'],
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: resolve(here, 'src-preload/index.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [react(), notices()],
    build: {
      outDir: 'out/renderer',
      emptyOutDir: false,
      target: 'chrome140',
      // A third of the code to read before the first paint.
      minify: true,
      rollupOptions: {
        input: resolve(here, 'src-renderer/index.html'),
        output: {
          // Dozens of chunks of a few hundred bytes cost more to ask for than to read.
          codeSplitting: {
            groups: [
              { name: 'icons', test: /[\\/]@tabler[\\/]/ },
              { name: 'components', test: /[\\/](@mantine|@floating-ui)[\\/]/ },
            ],
          },
        },
        treeshake: {
          // An index.ts may name what only one view uses: it must not end up in what all load.
          moduleSideEffects: (id) =>
            !/[\\/]src-(renderer|main)[\\/](?!main\.tsx).*\.tsx?$/.test(id),
        },
      },
    },
  },
});
