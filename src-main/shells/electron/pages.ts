/** The window's files under a scheme of their own, `app://cairn/`. */
import { readFile } from 'node:fs/promises';
import type { CustomScheme } from 'electron';
import { type Assets, assetAt, contentSecurityPolicy, pageHeaders } from '../page/index.ts';
import { appOrigin, appScheme, isOwnAddress } from './addresses.ts';

/** Must be registered before the app is ready. */
export const pageScheme: CustomScheme = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** The page of the window. */
export const pageAddress = `${appOrigin}/index.html`;

/** Answers one request of a window, with the same headers as the server's. */
export async function answerPage(assets: Assets, request: Request): Promise<Response> {
  const headers = pageHeaders(contentSecurityPolicy());
  const refuse = (status: number) => new Response(null, { status, headers });
  if (!isOwnAddress(request.url)) return refuse(403);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  const asset = assetAt(assets, new URL(request.url).pathname);
  if (asset === undefined) return refuse(404);
  const body = request.method === 'HEAD' ? null : new Uint8Array(await readFile(asset.file));
  return new Response(body, { headers: { ...headers, 'Content-Type': asset.contentType } });
}
