// Records what one phone hears, through a snoop of its channel on the bank's Asterisk.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AriEvent, LabAri } from './ari.js';
import { readWav } from './tone.js';
import { Heard } from './tone-analysis.js';

let names = 0;

/** A name no other channel, snoop or recording of this process has. */
export const freshName = (kind: string): string => `lab-${kind}-${process.pid}-${++names}`;

/** A recording of what a phone hears, under way. */
export interface Listening {
  /** Ends it and says what was heard since it began. */
  stop(): Promise<Heard>;
}

const recording = (ari: LabAri, type: string, name: string, timeoutMs: number): Promise<AriEvent> =>
  ari.next((event) => event.type === type && event.recording?.name === name, `${type} of ${name}`, timeoutMs);

/** Begins to record; returns when audio is being written. */
export async function startListening(
  ari: LabAri,
  spoolFolder: string,
  channelId: string,
  tones: readonly number[],
): Promise<Listening> {
  const snoop = freshName('snoop');
  const name = freshName('heard');
  const ready = ari.next((event) => event.type === 'StasisStart' && event.channel?.id === snoop, 'snoop starts');
  const query = { spy: 'in', app: ari.app, appArgs: 'snoop', snoopId: snoop };
  await ari.command('POST', `channels/${channelId}/snoop`, query);
  await ready;
  const begun = recording(ari, 'RecordingStarted', name, 5_000);
  // A test may listen for minutes; the wait ends with the recording, however it ends.
  const finished = recording(ari, 'RecordingFinished', name, 600_000);
  await ari.command('POST', `channels/${snoop}/record`, { name, format: 'wav', ifExists: 'overwrite' });
  await begun;
  const stop = async (): Promise<Heard> => {
    // 404: the call has ended, the snoop with it, and the recording has finished by itself.
    await ari.request('POST', `recordings/live/${name}/stop`);
    await finished;
    await ari.request('DELETE', `channels/${snoop}`);
    const path = join(spoolFolder, 'recording', `${name}.wav`);
    const heard = new Heard(await readWav(path), tones);
    await rm(path);
    return heard;
  };
  return { stop };
}
