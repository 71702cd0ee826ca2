/**
 * Which service this desktop works with. A page works with the service that it came from; giving it another address takes the
 * browser to the desktop of that service, so that no service needs to allow the pages of another.
 */

/** With a slash at its end. */
export function serverAddress(): string {
  return new URL('.', window.location.href).href;
}

/** Null for what is no address of a service; `calls.example.com` is taken as one with https. */
export function parseServerAddress(given: string): string | null {
  const trimmed = given.trim();
  const complete = /^[a-z]+:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  try {
    const url = new URL(complete);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
    if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null;
    if (!url.pathname.endsWith('/')) url.pathname += '/';
    return url.href;
  } catch {
    return null;
  }
}
