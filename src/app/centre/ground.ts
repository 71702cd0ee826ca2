/** What every side of the centre stands on: the configuration in force, the stream of events, keys, the address book. */
import type { CallId } from '../../core/call/state.js';
import type { CallMailbox } from '../call-mailbox.js';
import type { CentrePorts } from '../centre-ports.js';
import { Configuring } from '../configuring.js';
import { AddressBook } from '../contacts/address-book.js';
import { Digits } from '../digits.js';
import { EventStream } from '../event-stream.js';
import { mayBeRung } from '../one-at-a-time.js';
import type { RoutingState } from '../routing.js';
import type { SettingsInForce } from '../settings-in-force.js';
import type { AgentsSide } from './agents-side.js';
import type { CallsSide } from './calls-side.js';
import type { Part } from './part.js';

/** Made later, and asked for only once everything is made. */
export interface Sides {
  readonly agents: () => AgentsSide;
  readonly calls: () => CallsSide;
}

export interface Ground {
  readonly ports: CentrePorts;
  readonly configuring: Configuring;
  readonly settings: () => SettingsInForce;
  readonly stream: EventStream;
  readonly digits: Digits;
  readonly addressBook: AddressBook;
  readonly mailbox: (id: CallId) => CallMailbox | undefined;
  readonly routing: () => RoutingState;
}

export function layGround(
  ports: CentrePorts,
  inForce: SettingsInForce,
  { agents, calls }: Sides,
  told: Pick<Required<Part>, 'configured'>,
): Ground {
  const { clock, log } = ports;
  const configuring = new Configuring(ports.configuration, inForce, (before, after) => told.configured(before, after));
  const settings = () => configuring.settings;
  const addressBook = new AddressBook({ stores: ports.addressBook, clock, log, settings });
  const mailbox = (id: CallId) => calls().switchboard.mailbox(id);
  const callOf = (id: CallId) => mailbox(id)?.call ?? null;
  const routing = (): RoutingState => ({
    settings: settings(),
    callers: addressBook,
    isFree: (id) => mayBeRung(agents().agents.get(id), callOf),
    isRung: (id) => (agents().agents.get(id)?.offeredCallId ?? null) !== null,
    presence: (id) => agents().dispatcher.desk(id)?.presence ?? { loggedIn: 0, receiving: 0 },
  });
  const [stream, digits] = [new EventStream(log), new Digits()];
  return { ports, configuring, settings, stream, digits, addressBook, mailbox, routing };
}
