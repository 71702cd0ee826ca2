/** Words of prepared messages. */
import type { SameKeys } from '../words/shape.js';

export const en = {
  hint: 'Played to whom you have called, an answering machine say, while you are free for the next call: “More”, “Leave a message”.',
  name: 'Name of a new message',
  record: 'Record',
  howTo:
    'Your phone rings. Speak after the tone, then press “Stop and keep”; on a desk phone # or hanging up does the same.',
  rings: 'Your phone rings for it.',
  speak: 'Speak after the tone.',
  stop: 'Stop and keep',
  nameMissing: 'Give a name.',
  none: 'No prepared messages',
  noneHint: 'Record one by your phone.',
  list: 'Prepared messages',
  recording: 'being recorded',
  forAll: 'for all',
  listen: 'Listen',
  hide: 'Hide',
  actions: 'Message {{name}}: actions',
  rename: 'Rename',
  newName: 'New name',
  remove: 'Remove',
  removeForGood: 'Remove for good',
  sound: 'Message {{name}}',
} as const;

export const ru: SameKeys<typeof en> = {
  hint: 'Проигрывается тому, кому вы позвонили, например автоответчику, а вы свободны для следующего звонка: «Ещё», «Оставить сообщение».',
  name: 'Название нового сообщения',
  record: 'Записать',
  howTo:
    'Зазвонит ваш телефон. Говорите после сигнала, затем нажмите «Закончить и сохранить»; на настольном телефоне то же делает # или положенная трубка.',
  rings: 'Ваш телефон звонит для записи.',
  speak: 'Говорите после сигнала.',
  stop: 'Закончить и сохранить',
  nameMissing: 'Укажите название.',
  none: 'Заготовленных сообщений нет',
  noneHint: 'Запишите первое по своему телефону.',
  list: 'Заготовленные сообщения',
  recording: 'записывается',
  forAll: 'для всех',
  listen: 'Прослушать',
  hide: 'Скрыть',
  actions: 'Сообщение {{name}}: действия',
  rename: 'Переименовать',
  newName: 'Новое название',
  remove: 'Удалить',
  removeForGood: 'Удалить насовсем',
  sound: 'Сообщение {{name}}',
};
