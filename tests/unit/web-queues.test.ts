/** The desktop's figures of queues and of one's own day, and whose card is shown. */
import { describe, expect, test } from '@jest/globals';
import type { CallView, QueueView } from '../../src/app/view.js';
import type { Incoming, Panel } from '../../web/src/calls/lines.js';
import { mayBeFramed, subjectOf } from '../../web/src/card/subject.js';
import { averageTalkMs, byNeed, midnightOf, percent, waitingCalls } from '../../web/src/queues/figures.js';

const queue = (name: string, waiting: number) => ({ id: name, name, waiting }) as QueueView;
const call = (id: string, more: Partial<CallView>) => ({ id, tags: [], crm: null, ...more }) as unknown as CallView;

describe('figures', () => {
  test('queues in which most wait are on top, then by name in the reader’s alphabet', () => {
    const names = byNeed([queue('Яхты', 0), queue('Ель', 0), queue('Ёлки', 0), queue('Помощь', 2)], 'ru');
    expect(names.map(({ name }) => name)).toEqual(['Помощь', 'Ёлки', 'Ель', 'Яхты']);
  });

  test('callers are in the order in which they will be answered', () => {
    const calls = [
      call('c', { phase: 'queued', position: 2, startedAt: 1 }),
      call('b', { phase: 'queued', position: 1, startedAt: 9 }),
      call('talks', { phase: 'talking', position: null, startedAt: 0 }),
    ];
    expect(waitingCalls(calls).map(({ id }) => id)).toEqual(['b', 'c']);
  });

  test('shares and means need something to be shared', () => {
    const totals = { agentId: 'a', loggedInMs: 0, statusMs: {}, missed: 0 };
    expect(percent(null, 'en')).toBeNull();
    expect(percent(0.857, 'en')).toBe('86%');
    expect(averageTalkMs({ ...totals, answered: 0, talkedMs: 0 })).toBeNull();
    expect(averageTalkMs({ ...totals, answered: 4, talkedMs: 2_000 })).toBe(500);
  });

  test('the day begins at midnight here', () => {
    expect(midnightOf(new Date(2026, 5, 1, 23, 59).getTime())).toBe(new Date(2026, 5, 1).getTime());
  });
});

describe('whose card is shown', () => {
  const party = (number: string, agentId: string | null = null) => ({
    agentId,
    rings: false,
    party: { number, name: '' },
  });
  const panel = (number: string, heldSince: number | null, parties = [party(number)]) =>
    ({
      ...{ callId: `call of ${number}`, heldSince, parties, main: { number, name: '' } },
      call: call(`call of ${number}`, { tags: [number] }),
    }) as unknown as Panel;
  const rings = { callId: 'ringing', who: { number: '+3', name: 'Third' } } as Incoming;
  const calls = new Map([['ringing', call('ringing', { tags: ['new'] })]]);

  test('the one who is spoken with, not the one on hold nor the one who rings', () => {
    expect(subjectOf([panel('+1', 5), panel('+2', null)], [rings], calls)?.number).toBe('+2');
  });

  test('the one held last, where nobody is spoken with', () => {
    expect(subjectOf([panel('+1', 9), panel('+2', 5)], [], calls)?.number).toBe('+1');
  });

  test('the customer, where a colleague is on the line too', () => {
    const conference = panel('101', null, [party('101', 'a101'), party('+7')]);
    expect(subjectOf([conference], [], calls)?.number).toBe('+7');
  });

  test('the customer who waits while a colleague is asked', () => {
    const colleague = panel('102', null, [party('102', 'a102')]);
    expect(subjectOf([panel('+1', 5), colleague], [], calls)?.number).toBe('+1');
    expect(subjectOf([colleague], [], calls)?.number).toBe('102');
  });

  test('whoever rings, before any conversation; nobody without calls', () => {
    expect(subjectOf([], [rings], calls)).toMatchObject({ number: '+3', name: 'Third', tags: ['new'] });
    expect(subjectOf([], [], calls)).toBeNull();
  });

  test('a page is framed only where the browser lets it', () => {
    expect(mayBeFramed('http://crm.local/x', 'http:')).toBe(true);
    expect(mayBeFramed('http://crm.local/x', 'https:')).toBe(false);
    expect(mayBeFramed('https://crm.example/x', 'https:')).toBe(true);
    expect(mayBeFramed('javascript:alert(1)', 'http:')).toBe(false);
    expect(mayBeFramed('nonsense', 'http:')).toBe(false);
  });
});
