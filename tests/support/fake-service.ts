/** The real doors (HTTP and Socket.IO) before the fake application, listening on a free port of the loopback. */
import type { AddressInfo } from 'node:net';
import { createExecutor } from '../../src/app/catalogue/execute.js';
import { createLogin, type Login } from '../../src/app/login.js';
import type { SoundFiles } from '../../src/app/sound-files.js';
import { isRefusal } from '../../src/core/refusal.js';
import { createMetrics } from '../../src/http/metrics.js';
import { createHttpServer } from '../../src/http/server.js';
import { attachRealtime, type Realtime } from '../../src/realtime/realtime.js';
import { createFakeApplication, type FakeApplication, PASSWORD, recordingLog } from './fake-application.js';
import { type MemoryMessages, memoryMessages } from './memory-messages.js';

export interface FakeService {
  readonly application: FakeApplication;
  readonly login: Login;
  readonly realtime: Realtime;
  readonly log: ReturnType<typeof recordingLog>;
  readonly prepared: MemoryMessages;
  readonly url: string;
  /** A token of this agent; the agent's session is not started. */
  token(agentId: string): Promise<string>;
  close(): Promise<void>;
}

export interface FakeServiceOptions {
  readonly metricsToken?: string;
  readonly loginsPerMinute?: number;
  readonly port?: number;
  /** Instead of those in memory. */
  readonly files?: SoundFiles;
}

export async function startFakeService(options: FakeServiceOptions = {}): Promise<FakeService> {
  const prepared = memoryMessages();
  const { port = 0, files = prepared.files, ...limits } = { loginsPerMinute: 1000, ...options };
  const application = await createFakeApplication(files);
  const log = recordingLog();
  const login = createLogin({ application, credentials: application.credentials, log });
  const metrics = createMetrics(application);
  const { messages } = prepared;
  const execute = createExecutor({ application, messages, logins: login, log, observe: metrics.commandEnded });
  const { server } = createHttpServer({ application, login, execute, messages, files, log, metrics, ...limits });
  const realtime = attachRealtime({ server, application, login, execute, log });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    application,
    login,
    realtime,
    log,
    prepared,
    url: `http://127.0.0.1:${address.port}`,
    async token(agentId) {
      const result = await login.logIn({ login: agentId, password: PASSWORD, session: false });
      if (isRefusal(result)) throw new Error(result.message);
      return result.token;
    },
    close: () => realtime.close(),
  };
}
