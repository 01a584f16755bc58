/**
 * The only bridge between the page and the shell: a handful of named functions. It runs in a world
 * of its own, with a sandbox around it; the page never sees `ipcRenderer`, a channel or an event.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  type ShellBridge,
  type ShellCommand,
  shellBridgeName,
  shellChannels,
  shellPortLostMessage,
  shellPortMessage,
} from '../src-main/contract/shell.ts';

let listener: ((command: ShellCommand) => void) | null = null;
const waiting: ShellCommand[] = [];

ipcRenderer.on(shellChannels.command, (_event, command: ShellCommand) => {
  if (listener === null) waiting.push(command);
  else listener(command);
});

// A port cannot cross the bridge; as a message of the page's own window it can. '/' is its own origin.
ipcRenderer.on(shellChannels.port, (event) => {
  window.postMessage(shellPortMessage, '/', [...event.ports]);
});

ipcRenderer.on(shellChannels.portLost, () => window.postMessage(shellPortLostMessage, '/'));

const bridge: ShellBridge = {
  platform: process.platform,
  connect: () => ipcRenderer.send(shellChannels.connect),
  pickFolder: () => ipcRenderer.invoke(shellChannels.pickFolder),
  pickFile: (extensions) => ipcRenderer.invoke(shellChannels.pickFile, extensions),
  saveFile: (suggestedName) => ipcRenderer.invoke(shellChannels.saveFile, suggestedName),
  revealPath: (path) => ipcRenderer.invoke(shellChannels.revealPath, path),
  openFolder: (path) => ipcRenderer.invoke(shellChannels.openFolder, path),
  pathOf: (file) => webUtils.getPathForFile(file as File),
  notify: (notice) => ipcRenderer.invoke(shellChannels.notify, notice),
  setProgress: (progress) => ipcRenderer.invoke(shellChannels.setProgress, progress),
  onMenu: (next) => {
    listener = next;
    for (const command of waiting.splice(0)) next(command);
    return () => {
      if (listener === next) listener = null;
    };
  },
};

contextBridge.exposeInMainWorld(shellBridgeName, bridge);
