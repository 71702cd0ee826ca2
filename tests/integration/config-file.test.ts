/** The service's settings: the example agrees with what is read, every problem is told at once, no secret is told. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ConfigError, configSchema, loadConfig, parseConfigFile } from '../../src/config.js';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'ringmaster-config-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const given = { ARI_URL: 'http://127.0.0.1:8088', ARI_USERNAME: 'u', ARI_PASSWORD: 'p' };

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

function file(content: string): string {
  const path = join(directory, 'config.env');
  writeFileSync(path, content);
  return path;
}

test('the example names exactly the settings there are, with their defaults', () => {
  const { values, problems } = parseConfigFile(readFileSync('config.example.env', 'utf8'));
  expect(problems).toEqual([]);
  expect([...values.keys()].sort()).toEqual(Object.keys(configSchema.shape).sort());
  const fromExample = loadConfig({ RINGMASTER_CONFIG: 'config.example.env' });
  const { ARI_URL, ARI_USERNAME, ARI_PASSWORD } = fromExample;
  expect(fromExample).toEqual(configSchema.parse({ ARI_URL, ARI_USERNAME, ARI_PASSWORD }));
});

test('every problem is told at once, and no value', () => {
  const problems = problemsOf({
    RINGMASTER_CONFIG: file('ARI_PASSWORD=hidden-secret\nthis is hidden-secret\nHTPP_PORT=1\nARI_USERNAME=u\n'),
    ARI_URL: 'ftp://hidden-secret@host',
    DATABASE_URL: 'mysql://user:hidden-secret@host/db',
    HTTP_PORT: '99999',
    LOG_LEVEL: 'loud',
    METRICS_TOKEN: 'hidden',
    RECONCILE_SECONDS: 'soon',
  });
  for (const key of [
    'line 2',
    'HTPP_PORT',
    'ARI_URL',
    'DATABASE_URL',
    'HTTP_PORT',
    'LOG_LEVEL',
    'METRICS_TOKEN',
    'RECONCILE_SECONDS',
  ]) {
    expect(problems).toContainEqual(expect.stringContaining(key));
  }
  expect(problems.join()).not.toContain('hidden');
});

test('what is required is asked for by name', () => {
  const problems = problemsOf({ RINGMASTER_CONFIG: file('') });
  expect(problems).toHaveLength(3);
  for (const key of ['ARI_URL', 'ARI_USERNAME', 'ARI_PASSWORD']) {
    expect(problems).toContainEqual(expect.stringContaining(`${key} is missing`));
  }
});

test('a port over which no browser and no HTTP client would speak is a problem', () => {
  const problems = problemsOf({
    ...given,
    RINGMASTER_CONFIG: file(''),
    ARI_URL: 'http://127.0.0.1:6666',
    HTTP_PORT: '6000',
  });
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['ARI_URL', 'HTTP_PORT']);
  expect(problemsOf({ ...given, RINGMASTER_CONFIG: file(''), ARI_URL: 'http://pbx/', HTTP_PORT: '0' })).toEqual([]);
});

test('the environment wins over the file, and empty means not set', () => {
  const path = file('HTTP_PORT=9000\nARI_APP="other"\nLOG_LEVEL=\n');
  const config = loadConfig({ ...given, RINGMASTER_CONFIG: path, HTTP_PORT: '9001' });
  expect(config).toMatchObject({ HTTP_PORT: 9001, ARI_APP: 'other', LOG_LEVEL: 'info' });
  expect(config.METRICS_TOKEN).toBeUndefined();
});

test('a named file that is not there is a problem', () => {
  expect(problemsOf({ ...given, RINGMASTER_CONFIG: join(directory, 'nowhere.env') })).toHaveLength(1);
});
