#!/usr/bin/env node
/*
 * The command. From a checkout it first installs and builds what is stale; then it runs the built
 * program in a Node that is new enough, this one or the one that came with the packages.
 * CommonJS, and nothing newer than Node 14 knows, so that an old Node says why it cannot.
 */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const url = require('node:url');

const root = path.dirname(path.dirname(fs.realpathSync(__filename)));
const entry = path.join(root, 'out', 'main', 'cli.js');

function fail(error) {
  process.stderr.write(`cairn: ${error?.message ? error.message : error}\n`);
  process.exit(1);
}

async function main() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Error(
      `Cairn needs Node 20 or newer to start and this is Node ${process.versions.node}.`,
    );
  }
  const setup = await import(url.pathToFileURL(path.join(root, 'scripts', 'setup.mjs')).href);
  if (fs.existsSync(path.join(root, 'src-main'))) {
    await setup.ensureInstalled();
    await setup.ensureBuilt();
  }
  const node = setup.suitableNode();
  if (node === process.execPath) {
    process.argv[1] = entry;
    await import(url.pathToFileURL(entry).href);
    return;
  }
  const child = require('node:child_process').spawn(
    node,
    [__filename].concat(process.argv.slice(2)),
    {
      stdio: 'inherit',
    },
  );
  // The terminal sends Ctrl+C to both; the child decides, and this process only passes on the rest.
  process.on('SIGINT', () => {});
  ['SIGTERM', 'SIGHUP'].forEach((signal) => {
    process.on(signal, () => {
      child.kill(signal);
    });
  });
  child.on('error', fail);
  child.on('exit', (code, signal) => {
    process.exit(
      signal === null ? code : 128 + (require('node:os').constants.signals[signal] || 0),
    );
  });
}

main().catch(fail);
