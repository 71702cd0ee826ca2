/** What a new centre starts with: the statuses the system itself sets, and the settings of the centre. */
import type { Knex } from 'knex';

const STATUSES = [
  { id: 'sessionStart', name_en: 'Session start', name_ru: 'Начало сессии', receiving: false, selectable: false },
  { id: 'ready', name_en: 'Ready', name_ru: 'Готов', receiving: true, selectable: true },
  { id: 'notReady', name_en: 'Not ready', name_ru: 'Не готов', receiving: false, selectable: true },
  { id: 'working', name_en: 'Working', name_ru: 'Работа', receiving: false, selectable: true },
  { id: 'callHandling', name_en: 'Call handling', name_ru: 'Обработка вызова', receiving: false, selectable: true },
  { id: 'noAnswer', name_en: 'No answer', name_ru: 'Не отвечает', receiving: false, selectable: false },
] as const;

const CENTRE = {
  statusAfterLogin: 'sessionStart',
  missedLimit: 1,
  directRingMs: 30_000,
  defaultRoute: { kind: 'fallback' },
} as const;

export async function seedDefaults(knex: Knex): Promise<void> {
  await knex('statuses').insert(STATUSES.map((status, position) => ({ ...status, blocking: false, position })));
  await knex('centre_settings').insert({ id: 1, settings: JSON.stringify(CENTRE), version: 1 });
}
