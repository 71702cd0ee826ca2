/** What `scripts/run` starts once everything is installed and built: Asterisk, phones, the service, a call centre to look at. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { Api } from '../demo/api.js';
import { demoCall } from '../demo/call.js';
import { configure, startWork } from '../demo/configure.js';
import { Endings, Stopped, untilSignal } from '../demo/endings.js';
import { givenPbx } from '../demo/given-pbx.js';
import { type Home, openHome } from '../demo/home.js';
import { choosePort } from '../demo/http-port.js';
import { narrate } from '../demo/narrate.js';
import { HELP, type Options, readOptions } from '../demo/options.js';
import { ADMINISTRATOR, AGENTS, CUSTOMERS, OUTSIDE_NUMBER, SUPERVISOR } from '../demo/people.js';
import { say, tell } from '../demo/print.js';
import { Service } from '../demo/service.js';
import { Watch } from '../demo/watch.js';
import { projectRoot } from '../lab/install.js';
import { type Lab, startLab } from '../lab/lab.js';

const EXIT = { fault: 1, usage: 64 } as const;
/** From the start of one call to the start of the next, and how much of it is talk. */
const CALL_EVERY_MS = 20_000;
const TALK_MS = 8_000;
const statusList = z.array(z.object({ id: z.string(), name: z.object({ en: z.string() }) }));

async function work(options: Options, endings: Endings): Promise<void> {
  const pbx = givenPbx(process.env);
  if (pbx === null) return await demonstration(options, endings);
  if (options.demoCall) throw new Error('--demo-call needs an Asterisk of its own: leave ARI_URL out.');
  say(`Starting the service beside the PBX at ${pbx}; no Asterisk, agents or queues are created. Ctrl-C stops it.`);
  const service = await Service.start({});
  endings.add('the service', () => service.stop());
  throw new Error(await service.ended);
}

async function demonstration(options: Options, endings: Endings): Promise<void> {
  const { port, notice } = await choosePort(process.env.HTTP_PORT);
  if (notice !== undefined) say(notice);
  const home = await openHome(process.env.RINGMASTER_HOME, endings);
  await fetchAsterisk(endings);
  say('Starting Asterisk and the phones …');
  const starting = startLab({
    phones: AGENTS.map(({ number }) => number),
    fallbackMembers: AGENTS.slice(-1).map(({ number }) => number),
  });
  endings.add('Asterisk', async () => (await starting.catch(() => null))?.stop());
  const lab = await starting;
  // Nobody sits at these phones: what rings is picked up, so that calls made over the API come about too.
  for (const line of [...lab.bank.phones, lab.bank.trunk]) line.behaves({ answerAfterMs: 3_000 });
  say('Starting the service …');
  const url = `http://127.0.0.1:${port}`;
  const service = await startService(lab, port, home, endings);
  const broken = service.ended.then((sentence) => Promise.reject(new Error(`${sentence} See ${home.log}.`)));
  await Promise.race([broken, withService(url, lab, home, options, endings)]);
}

/** Its own process group, so that a Ctrl-C meant for us does not cut its apt-get in half without our knowing. */
async function fetchAsterisk(endings: Endings): Promise<void> {
  const child = spawn(join(projectRoot, 'scripts/lab'), ['fetch'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
  const closed = once(child, 'close');
  endings.add('the download of Asterisk', async () => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    process.kill(-child.pid, 'SIGTERM');
    await closed;
  });
  const [code] = await closed;
  if (code !== 0) throw new Error('There is no Asterisk to start (see above).');
}

async function startService(lab: Lab, port: number, home: Home, endings: Endings): Promise<Service> {
  const service = await Service.start(
    {
      ARI_URL: lab.pbx.ariUrl,
      ARI_USERNAME: lab.pbx.ariUser,
      ARI_PASSWORD: lab.pbx.ariPassword,
      ARI_APP: 'ringmaster',
      DATABASE_URL: home.databaseUrl,
      // The demonstration's passwords are known to everyone: nobody outside this machine may use them.
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: String(port),
      ADMIN_PASSWORD: ADMINISTRATOR.password,
    },
    home.log,
  );
  endings.add('the service', () => service.stop());
  await service.untilReady(`http://127.0.0.1:${port}`, home.log);
  return service;
}

async function withService(url: string, lab: Lab, home: Home, options: Options, endings: Endings): Promise<void> {
  const visitor = new Api(url);
  const administrator = await visitor.logIn(ADMINISTRATOR.login, ADMINISTRATOR.password, false).catch((error) => {
    throw new Error(`${error.message} Was the password changed? Then remove ${home.folder} to begin anew.`);
  });
  await configure(administrator);
  const watch = await watchAndTell(url, visitor, endings);
  whereToLook(url, home);
  await startWork(visitor);
  if (options.once) return await onlyCall(lab, watch);
  if (options.demoCall) return await callAgainAndAgain(lab, watch);
  await new Promise<never>(() => undefined); // Until somebody stops it.
}

async function watchAndTell(url: string, visitor: Api, endings: Endings): Promise<Watch> {
  const supervisor = await visitor.logIn(SUPERVISOR.login, SUPERVISOR.password, false);
  const statuses = statusList.parse(await supervisor.send('GET', '/configuration/statuses'));
  const names = new Map(statuses.map(({ id, name }) => [id, name.en]));
  const watch = await Watch.open(url, supervisor.token ?? '');
  endings.add('the live view', async () => watch.close());
  watch.onChange((change, before) => {
    for (const sentence of narrate(change, before, names)) tell(sentence);
  });
  return watch;
}

function whereToLook(url: string, home: Home): void {
  const row = (who: string, login: string, password: string) => `    ${who.padEnd(22)} ${login.padEnd(12)} ${password}`;
  say(`
  Ringmaster is running.  Ctrl-C stops all of it.

    Desktop of the agents  ${url}/
    Live page              ${url}/live/
    API, to read and try   ${url}/api/docs/
    Log of the service     ${home.log}
    Outside number         ${OUTSIDE_NUMBER}, leads to the queue Support

    who                    login        password (fixed, for this demonstration only)
${row('administrator', ADMINISTRATOR.login, ADMINISTRATOR.password)}
${row('supervisor', SUPERVISOR.login, SUPERVISOR.password)}
${AGENTS.map(({ name, number, login, password }) => row(`${number} ${name}`, login, password)).join('\n')}
`);
}

async function onlyCall(lab: Lab, watch: Watch): Promise<void> {
  const [customer] = CUSTOMERS;
  if (customer === undefined) throw new Error('The demonstration has no customer.');
  await demoCall({ lab, watch, customer, talkMs: 0 });
  say('\nAll of it happened: queued, offered, answered, both heard each other, hung up, wrapped up.');
}

async function callAgainAndAgain(lab: Lab, watch: Watch): Promise<never> {
  for (let round = 0; ; round += 1) {
    const next = pause(CALL_EVERY_MS);
    const customer = CUSTOMERS[round % CUSTOMERS.length];
    if (customer === undefined) throw new Error('The demonstration has no customer.');
    await demoCall({ lab, watch, customer, talkMs: TALK_MS }).catch((error: Error) => tell(`✗ ${error.message}`));
    await next;
    say();
  }
}

/** @returns the exit code */
async function main(): Promise<number> {
  let options: Options;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return EXIT.usage;
  }
  if (options.help) {
    say(HELP);
    return 0;
  }
  const endings = new Endings();
  try {
    await Promise.race([work(options, endings), untilSignal()]);
    return 0;
  } catch (error) {
    if (error instanceof Stopped) {
      say('\nStopping …');
      // Asked to stop is a good end, except of a call that was to be shown whole.
      return options.once ? error.code : 0;
    }
    process.stderr.write(`\nscripts/run: ${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT.fault;
  } finally {
    await endings.all();
  }
}

process.exit(await main());
