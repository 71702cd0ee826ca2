// Endpoints of browsers' phones as ARI requests.
import { expect, test } from '@jest/globals';
import { AriUnavailable } from '../../src/ari/connection-types.js';
import { AriPhoneAccounts } from '../../src/ari/phone-accounts.js';
import { QUIET_LOG } from '../support/scripted-ari.js';

const ANNA = { endpoint: 'browser-101', password: 'secret', name: 'Anna "<x>" \\P', number: '101' };
const DYNAMIC = 'asterisk/config/dynamic/res_pjsip';

interface Asked {
  readonly uri: string;
  readonly fields: Readonly<Record<string, string>>;
}

function pbx(status: number | null, body?: unknown) {
  const asked: Asked[] = [];
  const accounts = new AriPhoneAccounts(
    {
      async request(method, uri, _query, sent) {
        const { fields = [] } = (sent ?? {}) as { fields?: { attribute: string; value: string }[] };
        asked.push({
          uri: `${method} ${uri}`,
          fields: Object.fromEntries(fields.map(({ attribute, value }) => [attribute, value])),
        });
        if (status === null) throw new AriUnavailable('ARI_NOT_CONNECTED', 'away');
        return { status, reason: '', body };
      },
    },
    { media_address: '192.0.2.10', allow: 'opus' },
    QUIET_LOG,
  );
  return { accounts, asked };
}

test('password and registration are made before the endpoint, with what the administrator adds', async () => {
  const { accounts, asked } = pbx(200);
  expect(await accounts.put(ANNA)).toBe('done');
  expect(asked.map(({ uri }) => uri)).toEqual(
    ['auth', 'aor', 'endpoint'].map((kind) => `PUT ${DYNAMIC}/${kind}/browser-101`),
  );
  expect(asked[0]?.fields).toEqual({ auth_type: 'userpass', username: 'browser-101', password: 'secret' });
  expect(asked[2]?.fields).toMatchObject({
    context: 'ringmaster-phones',
    webrtc: 'yes',
    callerid: '"Anna x P" <101>',
    media_address: '192.0.2.10',
    allow: 'opus',
  });
});

test('an Asterisk whose sorcery.conf is not set up refuses, one that is away is lost', async () => {
  expect(await pbx(403).accounts.put(ANNA)).toBe('refused');
  expect(await pbx(null).accounts.put(ANNA)).toBe('lost');
  await expect(pbx(null).accounts.remove('browser-101')).resolves.toBeUndefined();
});

test('the endpoint goes before its password', async () => {
  const { accounts, asked } = pbx(204);
  await accounts.remove('browser-101');
  expect(asked.map(({ uri }) => uri)).toEqual(
    ['endpoint', 'aor', 'auth'].map((kind) => `DELETE ${DYNAMIC}/${kind}/browser-101`),
  );
});

test('the names of all endpoints', async () => {
  const listed = [{ technology: 'PJSIP', resource: '101' }, { resource: 'browser-101' }, 7];
  expect(await pbx(200, listed).accounts.endpoints()).toEqual(['101', 'browser-101']);
  expect(await pbx(500).accounts.endpoints()).toBeNull();
  expect(await pbx(null).accounts.endpoints()).toBeNull();
});
