/**
 * The service's settings, from environment variables and an optional file of KEY=VALUE lines; the environment wins. Every
 * problem is reported at once, by key and never with the value: some of them are secrets.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isBlockedPort } from './blocked-ports.js';
import { checkOutside, outsideSettings } from './config-outside.js';
import { phoneSettingsSchema } from './config-phone.js';

function url(protocols: readonly string[], example: string) {
  return z
    .string()
    .refine((value) => protocols.includes(protocolOf(value)), { error: `must be a URL like ${example}` });
}

function protocolOf(value: string): string {
  const parsed = URL.canParse(value) ? new URL(value) : null;
  return parsed?.protocol ?? '';
}

const BLOCKED =
  'must be another port: browsers and HTTP clients refuse this one (see "port blocking" in the Fetch standard)';

/** NaN where the URL names none. */
function portOf(value: string): number {
  return URL.canParse(value) ? Number.parseInt(new URL(value).port, 10) : Number.NaN;
}

function whole(least: number, most: number, usual: number) {
  return z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`)
    .default(usual);
}

const required = (what: string) => z.string({ error: `is missing: ${what}` }).min(1, `is empty: ${what}`);

const settings = z.object({
  ARI_URL: required("the PBX's ARI, e.g. http://127.0.0.1:8088").pipe(
    url(['http:', 'https:'], 'http://127.0.0.1:8088').refine((value) => !isBlockedPort(portOf(value)), BLOCKED),
  ),
  ARI_USERNAME: required('the ARI user of the PBX'),
  ARI_PASSWORD: required("the ARI user's password"),
  ARI_APP: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/, 'must be letters, digits, _ and -')
    .default('ringmaster'),
  DATABASE_URL: z
    .string()
    .refine((value) => /^sqlite:.+/.test(value) || ['postgres:', 'postgresql:'].includes(protocolOf(value)), {
      error: 'must be sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME',
    })
    .default('sqlite:var/ringmaster.sqlite'),
  HTTP_HOST: z.string().min(1, 'is empty').default('127.0.0.1'),
  HTTP_PORT: whole(0, 65_535, 8080).refine((port) => port === 0 || !isBlockedPort(port), BLOCKED),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
  TOKEN_TTL_HOURS: whole(1, 720, 12),
  ADMIN_PASSWORD: z.string().min(8, 'must have at least 8 characters').optional(),
  LOGINS_PER_MINUTE: whole(1, 100_000, 60),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  RECONCILE_SECONDS: whole(1, 300, 5),
  MAX_CALLS: whole(1, 100_000, 2_000),
  WATCHDOG_SECONDS: whole(0, 300, 10),
  RECORDINGS_FOLDER: z.string().regex(/^\//, 'must be the full path of a folder').optional(),
  ...phoneSettingsSchema,
  ...outsideSettings,
});

/** Every key there is; `config.example.env` explains each. */
export const configSchema = settings.superRefine(checkOutside);

export type Config = z.output<typeof configSchema>;

/** Every problem of the configuration, one on each line of the message. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads and checks the configuration; throws ConfigError. */
export function loadConfig(environment: Environment = process.env): Config {
  const problems: string[] = [];
  const file = readConfigFile(environment.RINGMASTER_CONFIG, problems);
  const values: Record<string, string> = {};
  for (const key of Object.keys(configSchema.shape)) {
    const value = environment[key] ?? file.get(key);
    // An empty value is how shells, compose files and the example say "not set".
    if (value !== undefined && value !== '') values[key] = value;
  }
  const parsed = configSchema.safeParse(values);
  if (!parsed.success) problems.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  if (problems.length > 0 || !parsed.success) throw new ConfigError(problems);
  return parsed.data;
}

/** The named file must exist; `./config.env` may. */
function readConfigFile(named: string | undefined, problems: string[]): ReadonlyMap<string, string> {
  const path = named === undefined || named === '' ? 'config.env' : named;
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (path === named || !missing) problems.push(`RINGMASTER_CONFIG ${path} cannot be read`);
    return new Map();
  }
  const parsed = parseConfigFile(content);
  problems.push(...parsed.problems.map((problem) => `${path} ${problem}`));
  return parsed.values;
}

/** KEY=VALUE lines; `#` starts a comment line; quotes around a value are taken off. */
export function parseConfigFile(content: string): { values: ReadonlyMap<string, string>; problems: readonly string[] } {
  const values = new Map<string, string>();
  const problems: string[] = [];
  content.split(/\r?\n/).forEach((line, index) => {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return;
    const [, key, value] = /^(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=\s*(.*)$/.exec(trimmed) ?? [];
    if (key === undefined || value === undefined) problems.push(`line ${index + 1} is not KEY=VALUE`);
    else if (!(key in configSchema.shape)) problems.push(`line ${index + 1}: ${key} is no setting`);
    else values.set(key, value.replace(/^(["'])(.*)\1$/, '$2'));
  });
  return { values, problems };
}
