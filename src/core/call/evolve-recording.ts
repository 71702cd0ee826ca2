/** What an event makes of the recordings of the call's lines. */
import type { CallEventBody } from './event.js';
import { mapLine } from './line.js';
import type { Line, LiveCall } from './state.js';

type Event<T extends CallEventBody['type']> = Extract<CallEventBody, { type: T }>;

export function recordingChanged(
  call: LiveCall,
  event: Event<'line.recorded' | 'recording.opened' | 'recording.closed'>,
): LiveCall {
  switch (event.type) {
    case 'line.recorded':
      return mapLine(call, event.lineId, (line) => recorded(line, event.recorded));
    case 'recording.opened':
      return opened(call, event);
    case 'recording.closed':
      return { ...call, lines: call.lines.map((line) => recordingOver(line, event)) };
  }
}

function recorded(line: Line, wanted: Event<'line.recorded'>['recorded']): Line {
  const { conversation } = line;
  const how = wanted === 'no' ? 'stopped' : wanted;
  const running = conversation?.recording ?? null;
  if (conversation === null || running === null) return { ...line, recorded: how };
  const recording = how === 'stopped' ? null : { ...running, paused: how === 'paused' };
  return { ...line, recorded: how, conversation: { ...conversation, recording } };
}

function opened(call: LiveCall, { recordingId: id, name, conversationId }: Event<'recording.opened'>): LiveCall {
  const recording = { id, name, paused: false };
  const lines = call.lines.map((line) =>
    line.conversation?.id === conversationId ? { ...line, conversation: { ...line.conversation, recording } } : line,
  );
  return { ...call, lines };
}

/** What Asterisk cannot write is not tried again and again; what ended by itself goes on as the next segment. */
function recordingOver(line: Line, { recordingId, outcome }: Event<'recording.closed'>): Line {
  const { conversation } = line;
  if (conversation?.recording?.id !== recordingId) return line;
  const recorded = outcome === 'failed' ? 'no' : line.recorded;
  return { ...line, recorded, conversation: { ...conversation, recording: null } };
}
