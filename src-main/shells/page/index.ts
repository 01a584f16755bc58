/** What the desktop shell and the server share: the built window's files and their headers. */
export { type Asset, type Assets, assetAt, findAssets } from './assets.ts';
export { contentSecurityPolicy, pageHeaders } from './headers.ts';
