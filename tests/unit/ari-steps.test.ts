/** Steps as ARI requests. */
import { describe, expect, test } from '@jest/globals';
import { commandOf } from '../../src/ari/steps.js';

const APP = 'ringmaster';
const create = (address: string, agentId: string | null) =>
  commandOf(
    {
      type: 'create',
      legId: 'leg',
      callId: 'c1',
      role: agentId === null ? 'target' : 'agent',
      agentId,
      address,
      shows: { number: '101', name: 'Anna' },
      autoAnswer: false,
    },
    APP,
  );
const show = (number: string, name: string) =>
  commandOf({ type: 'show', legId: 'leg', party: { number, name } }, APP).query?.value;

describe('the Transfer key of a phone that is dialled', () => {
  const handling = (address: string, agentId: string | null) => create(address, agentId).body;

  test.each([
    ['of an agent', 'anna'],
    ['of nobody whom we know', null],
  ])('%s is ours', (_whose, agentId) => {
    expect(handling('PJSIP/101', agentId)).toMatchObject({ variables: { 'PJSIP_TRANSFER_HANDLING()': 'ari-only' } });
  });

  test('is not asked of a channel that has none', () => {
    expect(handling('Local/600@away', null)).not.toMatchObject({
      variables: { 'PJSIP_TRANSFER_HANDLING()': expect.anything() },
    });
  });
});

describe('what a phone shows', () => {
  test('is a name and a number, without quotation marks that would end the name', () => {
    expect(show('+79161234567', 'Anna "A" \\ Petrova')).toBe('"Anna A  Petrova" <+79161234567>');
  });

  test('is never without a number, with which Asterisk would send nothing', () => {
    expect(show('', '')).toBe('"" <anonymous>');
  });

  test('is not what Asterisk makes of it when legs are joined', () => {
    const join = commandOf({ type: 'join', conversationId: 'b1', legIds: ['one', 'other'] }, APP);
    expect(join.query).toEqual({ channel: 'one,other', inhibitConnectedLineUpdates: true });
  });
});
