/** The desktop's callback form and list: what is wrong with what was typed, what is sent, and in which order callbacks are shown. */
import { describe, expect, test } from '@jest/globals';
import type { Callback } from '../../src/core/callback/callback.js';
import {
  agreedOf,
  fieldOfRefusal,
  fieldsOf,
  inputOf,
  newFields,
  problemsOf,
} from '../../web/src/callbacks/callback-fields.js';
import { openOnes, pageAfter, pastOnes } from '../../web/src/callbacks/callback-list.js';
import { zoneChoices, zoneLabel } from '../../web/src/callbacks/zones.js';
import { CommandError } from '../../web/src/link/command-error.js';

const NOW = Date.UTC(2026, 10, 23, 9, 10);
const empty = newFields({}, 'Europe/Moscow', NOW);
const fields = { ...empty, number: '+7 (916) 123-45-67' };

const callback = (id: string, more: Partial<Callback> = {}): Callback => ({
  ...{
    id,
    number: '+79161234567',
    name: 'Maria',
    clientCode: null,
    queueId: 'help',
    agentId: null,
    priority: 'medium',
  },
  ...{
    local: '2026-11-23T15:00',
    zone: 'Asia/Yekaterinburg',
    dueAt: NOW + 1000,
    nextAt: NOW + 1000,
    overdueSince: null,
    state: 'scheduled',
  },
  ...{ attempts: [], origin: null, place: null, createdBy: 'anna', createdAt: NOW, updatedAt: NOW, seq: 0 },
  ...more,
});

describe('the form of a callback', () => {
  test('begins half an hour ahead at least, at a full or half hour of that zone', () => {
    expect([empty.date, empty.time]).toEqual(['2026-11-23', '13:00']);
    expect(newFields({}, 'Asia/Kathmandu', NOW).time).toBe('15:45');
  });

  test('has nothing to say against a number with brackets and a time ahead', () => {
    expect(problemsOf(fields, NOW)).toEqual({});
    expect(inputOf(fields)).toEqual({
      ...{ number: '+79161234567', clientCode: null, queueId: null, priority: 'medium' },
      ...{ local: '2026-11-23T13:00', zone: 'Europe/Moscow' },
    });
  });

  test('names what is missing or wrong beside its field', () => {
    expect(problemsOf({ ...empty, date: '', time: '', zone: 'Mars/Olympus' }, NOW)).toEqual({
      ...{ number: 'numberMissing', date: 'dateMissing', time: 'timeMissing', zone: 'zoneUnknown' },
    });
    expect(problemsOf({ ...fields, number: 'mum' }, NOW)).toEqual({ number: 'numberInvalid' });
  });

  test('a time that has passed there is refused, though it is ahead on this clock', () => {
    expect(problemsOf({ ...fields, time: '13:00', zone: 'Asia/Vladivostok' }, NOW)).toEqual({ time: 'timePassed' });
    expect(problemsOf({ ...fields, time: '13:00' }, NOW)).toEqual({});
  });

  test('the present minute has not passed', () => {
    expect(problemsOf({ ...fields, time: '12:10' }, NOW + 59_000)).toEqual({});
    expect(problemsOf({ ...fields, time: '12:08' }, NOW)).toEqual({ time: 'timePassed' });
  });

  test('says what clocks that are changed make of it', () => {
    const berlin = { ...fields, zone: 'Europe/Berlin', date: '2027-03-28', time: '02:30' };
    expect(agreedOf(berlin)).toEqual({ at: Date.UTC(2027, 2, 28, 1, 30), clockChange: 'skipped' });
    expect(agreedOf({ ...berlin, date: '2026-10-25' })).toEqual({
      at: Date.UTC(2026, 9, 25, 0, 30),
      clockChange: 'twice',
    });
    expect(agreedOf({ ...berlin, date: '' })).toBeNull();
  });

  test('a change begins with what was agreed, and sends it unchanged', () => {
    const agreed = callback('a', { clientCode: 'C-7', queueId: null, priority: 'high' });
    expect(inputOf(fieldsOf(agreed))).toEqual({
      ...{ number: agreed.number, name: 'Maria', clientCode: 'C-7', queueId: null, priority: 'high' },
      ...{ local: agreed.local, zone: agreed.zone },
    });
  });

  test('refusals find their field', () => {
    const refused = (code: string, details = {}) => fieldOfRefusal(new CommandError(code, '', details));
    expect(refused('numberNotAllowed')).toBe('number');
    expect(refused('invalidInput', { field: 'local' })).toBe('time');
    expect(refused('invalidInput', { issues: [{ path: 'clientCode', message: '' }] })).toBe('code');
    expect(refused('databaseUnavailable')).toBeNull();
  });
});

describe('time zones', () => {
  test('say their place, what people call them, and the offset', () => {
    expect(zoneLabel('Europe/Moscow', NOW, 'ru')).toBe('Europe/Moscow · Москва · GMT+3');
    expect(zoneLabel('Europe/Moscow', NOW, 'en')).toBe('Europe/Moscow · GMT+3');
  });

  test('are found by a Russian name', () => {
    const found = zoneChoices(['Europe/London', 'Asia/Yekaterinburg'], NOW, 'ru');
    expect(found.filter(({ label }) => label.includes('Екатеринбург')).map(({ value }) => value)).toEqual([
      'Asia/Yekaterinburg',
    ]);
  });
});

describe('the list of callbacks', () => {
  test('shows what is under way first, then by the next attempt; what was pushed is newer', () => {
    const read = [callback('late', { nextAt: NOW + 9000 }), callback('soon'), callback('over')];
    const pushed = new Map(
      [
        callback('over', { state: 'cancelled', nextAt: null, seq: 1 }),
        callback('now', { state: 'calling', nextAt: null }),
      ].map((each) => [each.id, each]),
    );
    expect(openOnes(read, pushed).map(({ id }) => id)).toEqual(['now', 'soon', 'late']);
    expect(pastOnes(read, pushed).map(({ id }) => id)).toEqual(['over']);
  });

  test('an older push does not hide what was read later', () => {
    const read = [callback('a', { name: 'new', seq: 2 })];
    expect(openOnes(read, new Map([['a', callback('a', { name: 'old', seq: 1 })]]))[0]?.name).toBe('new');
  });

  test('pages go on from the last moment, and end', () => {
    const page = [callback('a', { dueAt: 5 }), callback('b', { dueAt: 7 })];
    expect(pageAfter(page, { since: 0, limit: 2 })).toBe(7);
    expect(pageAfter(page, { since: 7, limit: 2 })).toBe(8);
    expect(pageAfter(page, { since: 0, limit: 3 })).toBeNull();
  });
});
