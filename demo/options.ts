/** The command line of `scripts/run`. */
import { parseArgs } from 'node:util';

export const HELP = `scripts/run: Ringmaster with an Asterisk, phones and agents of its own, to look at and to try.

  scripts/run                      starts everything and stays until Ctrl-C
  scripts/run --demo-call          besides, a customer calls about every 20 seconds
  scripts/run --demo-call --once   one call, checked from the first ring to the end of the wrap-up; exits 0 if all of it happened

With ARI_URL set (in the environment or in config.env) no Asterisk is started: the service runs beside that PBX, configured as
config.example.env explains, and nothing is created in it.

  HTTP_PORT        port of the live page and the API; 8080, or another one where that is taken
  RINGMASTER_HOME  folder of the database and the log; var/demo
`;

export interface Options {
  readonly demoCall: boolean;
  readonly once: boolean;
  readonly help: boolean;
}

/** @throws with a sentence for the user. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      'demo-call': { type: 'boolean', default: false },
      once: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.once && !values['demo-call']) throw new Error('--once goes with --demo-call.');
  return { demoCall: values['demo-call'], once: values.once, help: values.help };
}
