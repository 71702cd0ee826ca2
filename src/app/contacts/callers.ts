/** What call handling, routing and scenarios may ask about who calls. Answered from memory: no call waits for a database. */
import type { ContactCard } from './contact.js';

export interface Callers {
  /** Whose number it is, however it is written. */
  contactOf(number: string): ContactCard | null;
  /** Are calls from this number rejected at present? */
  isBlocked(number: string): boolean;
}
