/** The desktop's history: what is asked for, who the other party is, and the waveform of a recording. */
import { describe, expect, test } from '@jest/globals';
import { sine, wavFile } from '../../lab/tone.js';
import {
  type CallRecord,
  filterInput,
  filtersSet,
  NO_FILTERS,
  numberSought,
  otherParty,
  periodOf,
} from '../../web/src/history/call-record.js';
import { peaksOf } from '../../web/src/history/sound.js';

const NOW = new Date(2026, 2, 30, 15, 20).getTime();
const day = (date: number) => new Date(2026, 2, date).getTime();

describe('filters of past calls', () => {
  test('periods begin at midnight, by the calendar', () => {
    expect(periodOf('today', NOW)).toEqual({ since: day(30) });
    expect(periodOf('yesterday', NOW)).toEqual({ since: day(29), until: day(30) });
    expect(periodOf('week', NOW)).toEqual({ since: day(24) });
    expect(NOW - periodOf('year', NOW).since).toBeLessThan(366 * 86_400_000);
  });

  test('what is not chosen is not asked for', () => {
    expect(filterInput(NO_FILTERS, NOW)).toEqual({ since: day(24) });
    expect(filtersSet(NO_FILTERS)).toBe(0);
  });

  test('what is chosen is', () => {
    const filters = { ...NO_FILTERS, direction: 'inbound', outcome: 'busy', number: '916', tag: 'order' } as const;
    expect(filterInput(filters, NOW)).toEqual({
      ...{ since: day(24), direction: 'inbound', outcome: 'busy', number: '916*', tag: 'order' },
    });
    expect(filtersSet(filters)).toBe(3);
  });

  test('whole Russian numbers are sought as they are kept, others from their beginning', () => {
    expect(numberSought('8 (916) 123-45-67')).toBe('+79161234567');
    expect(numberSought('+7 916 123-45-67')).toBe('+79161234567');
    expect(numberSought('+44 20')).toBe('+4420*');
    expect(numberSought('101')).toBe('101*');
    expect(numberSought('  ')).toBeNull();
    expect(numberSought('mum')).toBeNull();
    expect(numberSought('*')).toBeNull();
  });
});

describe('the other party of a call', () => {
  const record: CallRecord = {
    ...{ id: 'c', direction: 'inbound', fromNumber: '101', fromName: 'Anna', dialled: '102', queueId: null },
    ...{ agentId: null, startedAt: 0, connectedAt: null, endedAt: null, outcome: null },
    ...{ waitedMs: null, talkedMs: null, rating: null },
  };
  test.each([
    ['inbound', '102', '101'],
    ['outbound', '101', '102'],
    ['internal', '101', '102'],
    ['internal', '102', '101'],
  ])('of an %s call, at %s, is %s', (direction, own, other) => {
    expect(otherParty({ ...record, direction }, own).number).toBe(other);
  });
});

describe('the waveform of a recording', () => {
  const asBuffer = (file: Uint8Array) => new Uint8Array(file).buffer;

  test('is as loud as the sound, part by part', () => {
    const tone = sine(1_000, 500);
    const samples = Int16Array.from([...tone.samples, ...new Int16Array(tone.samples.length)]);
    const peaks = peaksOf(asBuffer(wavFile({ ...tone, samples })), 10);
    expect(peaks).toHaveLength(10);
    expect(peaks?.slice(0, 5).every((peak) => peak > 0.9)).toBe(true);
    expect(peaks?.slice(5)).toEqual([0, 0, 0, 0, 0]);
  });

  test('of silence is flat', () => {
    expect(peaksOf(asBuffer(wavFile({ samples: new Int16Array(800), sampleRate: 8_000 })), 4)).toEqual([0, 0, 0, 0]);
  });

  test('of a file that was cut short is that of the part that is there', () => {
    const whole = asBuffer(wavFile(sine(1_000, 500)));
    expect(peaksOf(whole.slice(0, whole.byteLength - 1_001), 5)).toHaveLength(5);
  });

  test('there is none of what is no 16-bit WAV file', () => {
    expect(peaksOf(new ArrayBuffer(0), 5)).toBeNull();
    expect(peaksOf(new TextEncoder().encode('{"error":{"code":"notFound"}} and more').buffer, 5)).toBeNull();
    const alaw = new Uint8Array(asBuffer(wavFile(sine(1_000, 100))));
    alaw[20] = 6;
    expect(peaksOf(alaw.buffer, 5)).toBeNull();
  });
});
