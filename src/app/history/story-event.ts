/** The events a call's story is read from. */
import type { CallEvent } from '../../core/call/event.js';

export type StoryEvent = CallEvent;
