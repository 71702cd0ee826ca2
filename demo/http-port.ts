/** Which port the demonstration's service listens on. */
import { createServer } from 'node:net';
import { freePort } from '../lab/ports.js';

const USUAL = 8080;

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/**
 * The port asked for, else 8080, else any free one; `notice` says why it is another.
 * @throws when the port asked for cannot be had.
 */
export async function choosePort(
  asked: string | undefined,
): Promise<{ readonly port: number; readonly notice?: string }> {
  if (asked !== undefined && asked !== '') {
    const port = Number(asked);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('HTTP_PORT must be a port, 0 to 65535.');
    if (port === 0) return { port: await freePort() };
    if (await isFree(port)) return { port };
    throw new Error(`HTTP_PORT ${port} is taken or not allowed here: choose another one, or leave it out.`);
  }
  if (await isFree(USUAL)) return { port: USUAL };
  const port = await freePort();
  return { port, notice: `Port ${USUAL} is taken, so ${port} is used instead (HTTP_PORT chooses another).` };
}
