/**
 * Who may talk to the server. It listens on this machine only, but every page in the user's browser
 * and every program of every user can reach that. So each request must name this machine as its
 * host (a page whose name was rebound to 127.0.0.1 names another), come from a page of the server
 * itself or from none, and bring the cookie that the token was exchanged for.
 */
import { createHmac } from 'node:crypto';
import { equalInConstantTime } from '../../base/local-http.ts';

export { isLocalHost, isOwnOrigin } from '../../base/local-http.ts';

/** The secrets of one server: the token of the address, and the cookie it is exchanged for. */
export class Session {
  readonly #token: string;
  readonly #name: string;
  readonly #value: string;

  /** @param port tells servers apart: cookies do not, one host has one jar for all its ports */
  constructor(token: string, port: number) {
    this.#token = token;
    this.#name = `cairn-${port}`;
    this.#value = createHmac('sha256', token).update('cairn page cookie').digest('base64url');
  }

  acceptsToken(token: string): boolean {
    return equalInConstantTime(token, this.#token);
  }

  /** @param header the Cookie header of a request */
  acceptsCookie(header: string | undefined): boolean {
    const prefix = `${this.#name}=`;
    return (header ?? '')
      .split(';')
      .map((part) => part.trim())
      .some(
        (part) =>
          part.startsWith(prefix) && equalInConstantTime(part.slice(prefix.length), this.#value),
      );
  }

  /** The value of the Set-Cookie header. */
  get setCookie(): string {
    return `${this.#name}=${this.#value}; Path=/; HttpOnly; SameSite=Strict`;
  }
}
