/**
 * A prompt as it is written: a list of sounds of the PBX by name, or of objects for the rest: `["welcome", {"number": "{place}"}]`.
 * One sound alone need not be in a list.
 */
import { type FieldReader, isObject } from './field-reader.js';
import type { Prompt, PromptItem } from './scenario.js';

export const MOST_PROMPT_ITEMS = 20;
/** Names that Asterisk plays; no way out of its folder of sounds. */
const SOUND = /^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_/.-]{0,99}$/;
const MESSAGE = /^[A-Za-z0-9_.~-]{1,80}$/;
const MOST_VALUE = 200;

export function readPrompt(reader: FieldReader, field: string): Prompt {
  const raw = reader.raw(field);
  const written = raw === undefined ? [] : Array.isArray(raw) ? raw : [raw];
  if (written.length > MOST_PROMPT_ITEMS) reader.fault(field, 'tooMany', `At most ${MOST_PROMPT_ITEMS}.`);
  return written.slice(0, MOST_PROMPT_ITEMS).flatMap((each: unknown, index) => {
    const item = itemOf(each);
    if (item === null) {
      reader.fault(
        `${field}.${index}`,
        'invalidValue',
        'A sound\'s name, {"message": id}, {"number": …}, {"digits": …}, {"date": true} or {"time": true}.',
      );
    }
    return item === null ? [] : [item];
  });
}

/** A prompt that must say something. */
export function readSpoken(reader: FieldReader, field: string): Prompt {
  const prompt = readPrompt(reader, field);
  if (prompt.length === 0 && reader.raw(field) === undefined)
    reader.fault(field, 'missingField', 'Something to be heard must be given.');
  return prompt;
}

function itemOf(written: unknown): PromptItem | null {
  if (typeof written === 'string') return SOUND.test(written) ? { kind: 'sound', name: written } : null;
  if (!isObject(written)) return null;
  const [entry, ...others] = Object.entries(written);
  if (entry === undefined || others.length > 0) return null;
  const [kind, value] = entry;
  if (kind === 'date' || kind === 'time') return value === true ? { kind } : null;
  if (kind === 'number' || kind === 'digits') {
    const text = typeof value === 'number' ? String(value) : value;
    return typeof text === 'string' && text !== '' && text.length <= MOST_VALUE ? { kind, value: text } : null;
  }
  if (typeof value !== 'string') return null;
  if (kind === 'sound') return SOUND.test(value) ? { kind, name: value } : null;
  return kind === 'message' && MESSAGE.test(value) ? { kind, id: value } : null;
}
