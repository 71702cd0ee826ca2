// Settings of browsers' phones, and their end with the login that asked for them.
import { describe, expect, test } from '@jest/globals';
import { endPhonesWithLogins } from '../../src/app/browser-phone/login-watch.js';
import type { Revocation } from '../../src/app/login.js';
import { phoneSettings, phoneSettingsSchema } from '../../src/config-phone.js';
import { initialConfiguration } from '../support/fake-configuration.js';
import { QUIET_LOG } from '../support/scripted-ari.js';

const { PHONE_URL, PHONE_ICE_SERVERS, PHONE_ENDPOINT } = phoneSettingsSchema;

describe('the settings', () => {
  test('name servers as browsers want them; only those that pass voice on need an account', () => {
    const servers = PHONE_ICE_SERVERS.parse(' stun:stun.example:3478  turn:turn.example:3478?transport=tcp ');
    const account = { PHONE_TURN_USERNAME: 'u', PHONE_TURN_PASSWORD: 'p' };
    expect(phoneSettings({ PHONE_ICE_SERVERS: servers, PHONE_URL: 'wss://pbx.example/ws', ...account })).toEqual({
      url: 'wss://pbx.example/ws',
      iceServers: [
        { urls: ['stun:stun.example:3478'] },
        { urls: ['turn:turn.example:3478?transport=tcp'], username: 'u', credential: 'p' },
      ],
    });
    expect(phoneSettings({})).toEqual({ url: null, iceServers: [] });
  });

  test.each([
    [PHONE_URL, ['https://pbx.example', "wss://x;script-src 'unsafe-inline'", 'pbx.example:8089']],
    [PHONE_ICE_SERVERS, ['stun.example', 'http://stun.example', 'stun:a b']],
    [PHONE_ENDPOINT, ['media_address', 'auth=other', 'aors=other', 'type=endpoint', 'Media=1']],
  ])('refuse what is none %#', (schema, values) => {
    for (const value of values) expect([value, schema.safeParse(value).success]).toEqual([value, false]);
  });

  test('add to each endpoint in the words of pjsip.conf', () => {
    expect(PHONE_ENDPOINT.parse('media_address=192.0.2.10 allow=opus,ulaw')).toEqual({
      media_address: '192.0.2.10',
      allow: 'opus,ulaw',
    });
  });
});

describe('the login ends', () => {
  function scene(good: (tokenHash: string) => boolean) {
    const ended: Revocation[] = [];
    let revoke: (revoked: Revocation) => void = () => undefined;
    let over = () => {};
    const firstEnd = new Promise<void>((resolve) => {
      over = resolve;
    });
    const stop = endPhonesWithLogins({
      login: {
        onRevoked(listener) {
          revoke = listener;
          return () => undefined;
        },
        stillGood: async ({ tokenHash }) => good(tokenHash),
      },
      phones: {
        holders: () => [
          { agentId: 'anna', tokenHash: 'one' },
          { agentId: 'boris', tokenHash: 'two' },
          { agentId: 'nobody', tokenHash: 'three' },
          { agentId: 'vera', tokenHash: null },
        ],
        loginEnded(what) {
          ended.push(what);
          if (ended.length === 2) over();
        },
      },
      application: { configuration: () => initialConfiguration },
      log: QUIET_LOG,
      recheckMs: 5,
    });
    return { ended, stop, firstEnd, revoke: (revoked: Revocation) => revoke(revoked) };
  }

  test('by a logout: the phone ends at once', () => {
    const { ended, stop, revoke } = scene(() => true);
    revoke({ tokenHash: 'one' });
    expect(ended).toEqual([{ tokenHash: 'one' }]);
    stop();
  });

  test('by its age, or with its account: found out when logins are looked at again', async () => {
    const { ended, stop, firstEnd } = scene((tokenHash) => tokenHash !== 'two');
    await firstEnd;
    stop();
    expect(ended.slice(0, 2)).toEqual([{ tokenHash: 'two' }, { tokenHash: 'three' }]);
  });
});
