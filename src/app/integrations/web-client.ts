/** Asking other systems over HTTP: `src/outside` implements it. */

export interface WebRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timeoutMs: number;
  /** A longer answer is cut off there. */
  readonly mostBytes: number;
  /** Over a connection of its own: one that was kept may be found closed only after the request has gone. */
  readonly fresh?: boolean;
}

/**
 * `failed`: no answer. `reached` false: it is certain that the request was not sent; true: it may have been acted upon. `code` is
 * stable and never has anything of the address in it.
 */
export type WebAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string; readonly cut: boolean }
  | { readonly kind: 'failed'; readonly code: string; readonly reached: boolean };

export interface WebClient {
  /** Never rejects. Redirects are not followed. */
  ask(request: WebRequest): Promise<WebAnswer>;
}
