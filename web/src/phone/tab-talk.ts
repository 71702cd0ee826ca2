/** What the tab that is the phone tells the other tabs of the same agent: its state and its calls. */
import type { PhonePicture } from './phone.js';

type Told = Partial<Pick<PhonePicture, 'calls'>>;

export interface TabTalk {
  tell(told: Told): void;
  /** Asks the tab that is the phone to tell. */
  ask(): void;
  close(): void;
}

interface Listener {
  readonly asked: () => void;
  readonly told: (told: Told) => void;
}

const QUESTION = 'tell';

export function openTabTalk(agentId: string, { asked, told }: Listener): TabTalk {
  const channel = new BroadcastChannel(`ringmaster.phone.${agentId}`);
  channel.onmessage = ({ data }) => {
    if (data === QUESTION) asked();
    else if (Array.isArray(data?.calls)) told({ calls: data.calls });
  };
  return {
    tell: (what) => channel.postMessage(what),
    ask: () => channel.postMessage(QUESTION),
    close: () => channel.close(),
  };
}
