/** The doors for clients, on one port: REST, the live page and Socket.IO. */
import type { AddressInfo } from 'node:net';
import { endPhonesWithLogins } from './app/browser-phone/login-watch.js';
import { createExecutor } from './app/catalogue/execute.js';
import type { Centre } from './app/centre.js';
import { createLogin } from './app/login.js';
import type { Log } from './app/ports.js';
import type { Config } from './config.js';
import type { Database } from './db/database.js';
import { createMetrics } from './http/metrics.js';
import { attachPhoneDoor } from './http/phone-door.js';
import { createHttpServer } from './http/server.js';
import type { Sounds } from './open-sounds.js';
import { attachRealtime } from './realtime/realtime.js';

const CLOSE_CONNECTIONS_MS = 300;

/** @throws when the port is taken. */
export async function openDoors(centre: Centre, database: Database, sounds: Sounds, config: Config, log: Log) {
  const login = createLogin({
    application: centre,
    credentials: database.credentials,
    log,
    tokenTtlMs: config.TOKEN_TTL_HOURS * 3_600_000,
  });
  const metrics = createMetrics(centre);
  const execute = createExecutor({
    application: centre,
    messages: sounds.messages,
    logins: login,
    log,
    observe: metrics.commandEnded,
  });
  const { server } = createHttpServer({
    application: centre,
    login,
    execute,
    ...sounds,
    log,
    metrics,
    metricsToken: config.METRICS_TOKEN,
    loginsPerMinute: config.LOGINS_PER_MINUTE,
    connectTo: config.PHONE_URL === undefined ? [] : [new URL(config.PHONE_URL).origin],
  });
  const { browserPhone: phones } = centre;
  const phoneDoor = attachPhoneDoor({ server, phones, ariUrl: config.ARI_URL, log });
  const endWatch = endPhonesWithLogins({ login, phones, application: centre, log });
  const realtime = attachRealtime({ server, application: centre, login, execute, log });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.HTTP_PORT, config.HTTP_HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    // Requests under way may end; a client that keeps its connection open must not hold the process.
    const limit = setTimeout(() => server.closeAllConnections(), CLOSE_CONNECTIONS_MS);
    endWatch();
    phoneDoor.close();
    await realtime.close();
    clearTimeout(limit);
  };
  return { url: `http://${config.HTTP_HOST}:${port}`, execute, close };
}
