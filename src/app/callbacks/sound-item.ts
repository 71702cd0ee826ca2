/** What a customer who was called back hears, as an item of a call. */
import type { SoundItem } from '../../core/call/state.js';
import type { CallbackSound } from '../../core/callback/rule.js';
import { soundOfMessage } from '../messages/sound-name.js';

export function soundItem(sound: CallbackSound): SoundItem {
  return typeof sound === 'string'
    ? { kind: 'sound', name: sound }
    : { kind: 'recording', name: soundOfMessage(sound.message) };
}
