import {
  connectBridge,
  connectSocket,
  createClient,
  findBridge,
  socketUrl,
} from './client/index.ts';
import { mount } from './mount.tsx';

const bridge = findBridge();
const connect = bridge === null ? connectSocket(socketUrl(location.href)) : connectBridge(bridge);
const root = document.getElementById('root');
if (root !== null) void mount(root, createClient(connect, bridge));
