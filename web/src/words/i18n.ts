/**
 * Words in both languages. Each part of the desktop keeps its own in `words.ts` (`en`, and `ru` of the same shape); here they are put
 * together, a namespace each. Adding one: a line in `WORDS`.
 */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import * as callbacks from '../callbacks/words.js';
import * as calls from '../calls/words.js';
import * as card from '../card/words.js';
import * as contacts from '../contacts/words.js';
import * as history from '../history/words.js';
import * as messages from '../messages/words.js';
import * as phone from '../phone/words.js';
import * as queues from '../queues/words.js';
import * as session from '../session/words.js';
import * as status from '../status/words.js';
import * as common from './common.js';
import * as refusals from './refusal-words.js';
import type { Language } from './shape.js';

export type { Language } from './shape.js';
export const LANGUAGES: readonly Language[] = ['en', 'ru'];
const KEPT_AS = 'ringmaster.language';

const WORDS = { common, refusals, session, status, calls, phone, contacts, callbacks, queues, history, card, messages };

type Namespaces = typeof WORDS;
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: { [N in keyof Namespaces]: Namespaces[N]['en'] };
  }
}

function inLanguage(language: Language) {
  return Object.fromEntries(Object.entries(WORDS).map(([name, words]) => [name, words[language]]));
}

/** The language chosen before, else the browser's. */
function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT_AS);
  if (kept === 'en' || kept === 'ru') return kept;
  return navigator.language.toLowerCase().startsWith('ru') ? 'ru' : 'en';
}

export async function startWords(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: 'en',
    ns: Object.keys(WORDS),
    defaultNS: 'common',
    resources: { en: inLanguage('en'), ru: inLanguage('ru') },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

export function language(): Language {
  return i18next.language === 'ru' ? 'ru' : 'en';
}

export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEPT_AS, language);
  await i18next.changeLanguage(language);
}
