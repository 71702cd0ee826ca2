/** The wall clock of a place, and what a scenario may know of a call. */
import { DateTime } from 'luxon';
import type { Call, Line, Party } from '../../core/call/state.js';
import type { LocalTime, World } from '../../core/scenario/world.js';
import { NOBODY } from '../../core/scenario/world.js';
import type { Callers } from '../contacts/callers.js';

export function localTime(now: number, zone: string): LocalTime {
  const there = DateTime.fromMillis(now, { zone });
  // A zone that this machine does not know any more.
  const local = there.isValid ? there : DateTime.fromMillis(now, { zone: 'UTC' });
  return {
    weekday: local.weekday,
    minute: local.hour * 60 + local.minute,
    date: local.toFormat('yyyy-MM-dd'),
  };
}

export function worldOf(call: Call, party: Party, callers: Callers, zone: string, now: number): World {
  const contact = callers.contactOf(party.number);
  const { minute, date } = localTime(now, zone);
  const clock = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
  const card = contact === null ? NOBODY : { ...contact, contactId: contact.id };
  return {
    now,
    timeIn: (asked) => localTime(now, asked),
    caller: { ...card, blacklisted: callers.isBlocked(party.number) },
    facts: {
      'caller.number': party.number,
      'caller.name': party.name,
      dialled: call.dialled,
      'call.id': call.id,
      queue: call.marks.queueId ?? '',
      'contact.name': contact?.name ?? '',
      'contact.id': contact?.id ?? '',
      date,
      time: clock,
    },
  };
}

/** Who is led. */
export function partyOn(call: Call, { members }: Line): Party {
  const [first] = members;
  return (first === undefined ? undefined : call.legs[first.legId])?.party ?? call.from;
}
