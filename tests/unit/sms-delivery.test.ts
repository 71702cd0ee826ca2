/** A short message on its way: what each word of the gateway and of the network makes of it. */
import { describe, expect, test } from '@jest/globals';
import { smsEvent } from '../../src/core/sms/event.js';
import {
  expired,
  interrupted,
  nextPart,
  receipted,
  retryDelayMs,
  type Sms,
  type Submission,
  submitted,
  submitting,
} from '../../src/core/sms/sms.js';
import fc from '../support/properties.js';

const NOW = 1_000_000;
const made = (parts: number): Sms => ({
  id: 's1',
  agentId: 'anna',
  callId: 'c1',
  templateId: null,
  number: '+79161234567',
  text: 'text',
  createdAt: NOW,
  updatedAt: NOW,
  state: 'queued',
  code: null,
  attempts: 0,
  dueAt: NOW,
  expiresAt: NOW + 3_600_000,
  reference: 7,
  parts: Array.from({ length: parts }, () => ({ state: 'waiting', gatewayId: null })),
  seq: 0,
});
const handed = (sms: Sms, part: number, result: Submission, at = NOW) =>
  submitted(submitting(sms, part), part, result, at);
const taken = (gatewayId: string): Submission => ({ kind: 'taken', gatewayId });

describe('a message of two parts', () => {
  test('is sent when both are taken, delivered when the network says so of both', () => {
    const one = handed(made(2), 0, taken('a'));
    expect(one).toMatchObject({ state: 'queued', dueAt: NOW });
    expect(nextPart(one)).toBe(1);
    const both = handed(one, 1, taken('b'), NOW + 5);
    expect(both).toMatchObject({ state: 'sent', dueAt: null, updatedAt: NOW + 5 });
    expect(nextPart(both)).toBe(-1);
    const half = receipted(both, 1, null, NOW + 6);
    expect(half.state).toBe('sent');
    expect(receipted(half, 0, null, NOW + 7)).toMatchObject({ state: 'delivered', code: null });
  });

  test('fails when the network could not deliver one of them, and stays so', () => {
    const both = handed(handed(made(2), 0, taken('a')), 1, taken('b'));
    const failed = receipted(both, 0, 'receipt:UNDELIV', NOW);
    expect(failed).toMatchObject({ state: 'failed', code: 'receipt:UNDELIV' });
    expect(receipted(failed, 1, null, NOW).state).toBe('failed');
    expect(receipted(failed, 0, null, NOW)).toBe(failed);
  });

  test('that was refused for now takes up with the part that was refused', () => {
    const one = handed(made(2), 0, taken('a'));
    const later = handed(one, 1, { kind: 'refused', code: 'smpp:0x58', again: true });
    expect(later).toMatchObject({ state: 'queued', code: 'smpp:0x58', attempts: 1, dueAt: NOW + 5_000 });
    expect(nextPart(later)).toBe(1);
    expect(handed(later, 1, taken('b'))).toMatchObject({ state: 'sent', code: null });
  });
});

describe('a message fails', () => {
  test('when it is refused for good', () => {
    const failed = handed(made(1), 0, { kind: 'refused', code: 'smpp:0x0b', again: false });
    expect(failed).toMatchObject({ state: 'failed', code: 'smpp:0x0b', dueAt: null });
  });

  test('when nobody knows whether it was taken: it is not sent a second time', () => {
    const failed = handed(made(1), 0, { kind: 'unknown' });
    expect(failed).toMatchObject({ state: 'failed', code: 'unconfirmed', dueAt: null });
    expect(nextPart(failed)).toBe(-1);
  });

  test('when the service ended while it was being handed over', () => {
    expect(interrupted(submitting(made(1), 0), NOW)).toMatchObject({ state: 'failed', code: 'unconfirmed' });
    const waiting = made(1);
    expect(interrupted(waiting, NOW)).toBe(waiting);
  });

  test('when it would have to wait beyond its time, with what the gateway said last', () => {
    const late = NOW + 3_599_000;
    const failed = handed(made(1), 0, { kind: 'refused', code: 'notConnected', again: true }, late);
    expect(failed).toMatchObject({ state: 'failed', code: 'notConnected' });
    expect(expired(made(1), late)).toMatchObject({ state: 'failed', code: 'expired' });
  });
});

test('the pause doubles up to ten minutes', () => {
  expect([1, 2, 3, 8, 100].map(retryDelayMs)).toEqual([5_000, 10_000, 20_000, 600_000, 600_000]);
});

test('an event for each new state, with neither number nor text', () => {
  const queued = smsEvent(null, made(1));
  expect(queued.event).toMatchObject({ type: 'sms.queued', smsId: 's1', callId: 'c1', agentId: 'anna', seq: 1 });
  expect(JSON.stringify(queued.event)).not.toMatch(/7916|text"/);
  expect(smsEvent(queued.sms, submitting(queued.sms, 0)).event).toBeNull();
  const sent = smsEvent(queued.sms, handed(queued.sms, 0, taken('a')));
  expect(sent.event).toMatchObject({ type: 'sms.sent', seq: 2 });
  expect(sent.sms.seq).toBe(2);
});

test('whatever happens in whatever order, no part that may have been taken is handed over again', () => {
  const result = fc.oneof(
    fc.constant<Submission>({ kind: 'unknown' }),
    fc.constant<Submission>(taken('id')),
    fc.boolean().map((again): Submission => ({ kind: 'refused', code: 'x', again })),
  );
  const step = fc.oneof(
    result.map((given) => ({ kind: 'submit', result: given }) as const),
    fc.constant({ kind: 'killed' } as const),
    fc.tuple(fc.nat(2), fc.boolean()).map(([part, ok]) => ({ kind: 'receipt', part, ok }) as const),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), fc.array(step, { maxLength: 20 }), (parts, steps) => {
      let sms = made(parts);
      const mayBeOut = new Set<number>();
      for (const each of steps) {
        const part = nextPart(sms);
        if (each.kind === 'receipt') sms = receipted(sms, each.part, each.ok ? null : 'x', NOW);
        else if (part >= 0) {
          expect(mayBeOut.has(part)).toBe(false);
          const begun = submitting(sms, part);
          expect(nextPart(begun)).toBe(-1);
          if (each.kind === 'killed') sms = interrupted(begun, NOW);
          else sms = submitted(begun, part, each.result, NOW);
          if (each.kind === 'killed' || each.result.kind !== 'refused') mayBeOut.add(part);
        }
        if (sms.state !== 'queued') expect(sms.dueAt).toBeNull();
      }
    }),
  );
});
