/** What becomes of an uploaded WAV file: the same sound at 8 kHz, mono, 16 bit, with nothing added. */
import { describe, expect, jest, test } from '@jest/globals';
import { telephoneWav } from '../../src/app/messages/telephone-wav.js';
import { isRefusal } from '../../src/core/refusal.js';
import fc, { PROPERTY_LIMIT_MS } from '../support/properties.js';
import { amplitudeOf, samplesOf, toneWav } from '../support/wav-files.js';

jest.setTimeout(PROPERTY_LIMIT_MS);

const MINUTE_MS = 60_000;
const AMPLITUDE = 16_000;

async function converted(wav: Uint8Array) {
  const outcome = await telephoneWav(wav, 5 * MINUTE_MS);
  if (isRefusal(outcome)) throw new Error(outcome.message);
  return { ...outcome, samples: samplesOf(outcome.file) };
}

async function refusalOf(wav: Uint8Array, mostMs = 5 * MINUTE_MS) {
  const outcome = await telephoneWav(wav, mostMs);
  if (!isRefusal(outcome)) throw new Error('It was accepted.');
  return outcome;
}

const decibels = (amplitude: number) => 20 * Math.log10(amplitude / AMPLITUDE);
const level = (samples: Int16Array, hz: number) => decibels(amplitudeOf(samples, 8_000, hz));

describe.each([16_000, 22_050, 44_100, 48_000])('a file of %d Hz', (rate) => {
  test.each([60, 300, 1_000, 3_000])('keeps a tone of %d Hz as loud as it was', async (hz) => {
    const { samples } = await converted(toneWav({ rate, seconds: 1, channels: [hz] }));
    expect(Math.abs(level(samples, hz))).toBeLessThan(0.2);
  });

  test.each([4_100, 5_000, 6_000, 7_500])('does not turn a tone of %d Hz into a false one', async (hz) => {
    const { samples } = await converted(toneWav({ rate, seconds: 1, channels: [hz] }));
    expect(level(samples, 8_000 - hz)).toBeLessThan(-60);
    const middle = samples.subarray(800, -800);
    expect(Math.max(...middle.map(Math.abs))).toBeLessThan(40);
  });

  test('adds nothing to a tone', async () => {
    const { samples } = await converted(toneWav({ rate, seconds: 1, channels: [1_000] }));
    for (const hz of [250, 500, 1_500, 2_000, 2_510, 3_000, 3_700]) expect(level(samples, hz)).toBeLessThan(-60);
  });

  test('lasts as long as before', async () => {
    const { samples, durationMs } = await converted(toneWav({ rate, seconds: 1.5, channels: [500] }));
    expect(durationMs).toBe(1_500);
    expect(samples).toHaveLength(12_000);
  });

  test('has no seam where one block of the conversion meets the next', async () => {
    const { samples } = await converted(toneWav({ rate, seconds: 2, channels: [400] }));
    const steepest = (2 * Math.PI * 400 * AMPLITUDE) / 8_000;
    const steps = samples.map((sample, index) => Math.abs(sample - (samples[index - 1] ?? sample)));
    expect(Math.max(...steps.subarray(800, -800))).toBeLessThan(steepest * 1.02);
  });
});

describe('a file of 8000 Hz', () => {
  test('keeps every sample as it is', async () => {
    const wav = toneWav({ rate: 8_000, seconds: 1, channels: [3_900] });
    const { samples } = await converted(wav);
    expect(samples).toHaveLength(8_000);
    expect(Buffer.from(samples.buffer)).toEqual(Buffer.from(wav.slice(-16_000)));
  });

  test.each(['A-law', 'µ-law'] as const)('in %s is decoded', async (law) => {
    const { samples } = await converted(toneWav({ rate: 8_000, seconds: 1, channels: [1_000], law }));
    expect(Math.abs(level(samples, 1_000))).toBeLessThan(0.2);
    for (const hz of [500, 2_000, 2_500]) expect(level(samples, hz)).toBeLessThan(-40);
  });
});

test('A-law and µ-law have the levels of ITU-T G.711', async () => {
  const decoded = async (law: 'A-law' | 'µ-law', codes: readonly number[]) => {
    const wav = toneWav({ rate: 8_000, seconds: codes.length / 8_000, channels: [0], law });
    wav.set(codes, wav.length - codes.length);
    return [...(await converted(wav)).samples];
  };
  expect(await decoded('A-law', [0xd5, 0x55, 0xaa, 0x2a, 0x80, 0xc5])).toEqual([8, -8, 32_256, -32_256, 5_504, 264]);
  expect(await decoded('µ-law', [0xff, 0x7f, 0x80, 0x00, 0xf0, 0xce])).toEqual([0, 0, 32_124, -32_124, 120, 988]);
});

test('the two channels of a stereo file become one', async () => {
  const { samples } = await converted(toneWav({ rate: 48_000, seconds: 1, channels: [700, 1_900] }));
  expect(Math.abs(level(samples, 700) + 6.02)).toBeLessThan(0.2);
  expect(Math.abs(level(samples, 1_900) + 6.02)).toBeLessThan(0.2);
});

test('the loudest sound is not turned over', async () => {
  const { samples } = await converted(toneWav({ rate: 16_000, seconds: 1, channels: [900], amplitude: 32_767 }));
  expect(decibels(amplitudeOf(samples, 8_000, 900)) - decibels(32_767)).toBeGreaterThan(-0.2);
});

test('the extensible form of the header is read', async () => {
  const { samples } = await converted(toneWav({ rate: 44_100, seconds: 1, channels: [800], extensible: true }));
  expect(Math.abs(level(samples, 800))).toBeLessThan(0.2);
});

test.each([0, 0xffffffff, 10_000_000])(
  'a file whose header says %d bytes of sound has what is there',
  async (declaredBytes) => {
    const { durationMs } = await converted(toneWav({ rate: 8_000, seconds: 2, channels: [800], declaredBytes }));
    expect(durationMs).toBe(2_000);
  },
);

test('the written file says what it is', async () => {
  const { file } = await converted(toneWav({ rate: 48_000, seconds: 1, channels: [800] }));
  const view = Buffer.from(file);
  expect(view.toString('latin1', 0, 4) + view.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
  expect(view.readUInt32LE(4)).toBe(file.length - 8);
  expect([view.readUInt16LE(20), view.readUInt16LE(22), view.readUInt32LE(24)]).toEqual([1, 1, 8_000]);
  expect([view.readUInt32LE(28), view.readUInt16LE(32), view.readUInt16LE(34)]).toEqual([16_000, 2, 16]);
  expect(view.readUInt32LE(40)).toBe(16_000);
});

describe('is refused', () => {
  const good = toneWav({ rate: 8_000, seconds: 1, channels: [800] });
  const changed = (at: number, value: number, width: 2 | 4) => {
    const copy = Buffer.from(good);
    if (width === 2) copy.writeUInt16LE(value, at);
    else copy.writeUInt32LE(value, at);
    return copy;
  };

  test.each([
    ['nothing', new Uint8Array()],
    ['what is no WAV file', Buffer.from('ID3 this is an MP3 file, as players know it')],
    ['a file without sound', good.subarray(0, 57)],
    ['a header alone', good.subarray(0, 12)],
    ['another format, such as floating point', changed(20, 3, 2)],
    ['three channels', changed(22, 3, 2)],
    ['no channel', changed(22, 0, 2)],
    ['an unusual rate', changed(24, 11_025, 4)],
    ['a rate of 0', changed(24, 0, 4)],
    ['8-bit PCM', changed(34, 8, 2)],
  ])('%s', async (_what, wav) => {
    expect((await refusalOf(wav)).refused).toBe('audioInvalid');
  });

  test('what plays longer than is allowed', async () => {
    expect((await refusalOf(good, 999)).refused).toBe('tooLarge');
    expect(isRefusal(await telephoneWav(good, 1_000))).toBe(false);
  });

  test('or converted, but never a fault, is any file with bytes changed or cut off', async () => {
    const change = fc.tuple(fc.nat(80), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), fc.nat(good.length), async (changes, length) => {
        const wav = Uint8Array.from(good).subarray(0, length);
        for (const [at, value] of changes) if (at < wav.length) wav[at] = value;
        const outcome = await telephoneWav(wav, 5 * MINUTE_MS);
        if (isRefusal(outcome)) expect(['audioInvalid', 'tooLarge']).toContain(outcome.refused);
        else expect(outcome.file.length).toBeGreaterThan(44);
      }),
      { numRuns: 300 },
    );
  });
});
