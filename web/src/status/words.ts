/** Words of the status menu. */
import type { SameKeys } from '../words/shape.js';

export const en = {
  status: 'Status',
  menu: 'Status: {{name}}, for {{time}}',
  setBySupervisor: 'Set by the supervisor',
  setBySystem: 'Set by the system',
  blocked: 'Only a supervisor can change this status.',
  receiving: 'receives calls',
  endWrapUp: 'End wrap-up',
  wrapUpLeft: 'Wrap-up: {{time}} left',
  next: 'then {{name}}',
  noSession: 'No session',
  startSession: 'Start the session',
} as const;

export const ru: SameKeys<typeof en> = {
  status: 'Статус',
  menu: 'Статус: {{name}}, уже {{time}}',
  setBySupervisor: 'Назначен супервизором',
  setBySystem: 'Назначен системой',
  blocked: 'Этот статус может сменить только супервизор.',
  receiving: 'принимает звонки',
  endWrapUp: 'Закончить обработку',
  wrapUpLeft: 'Обработка: осталось {{time}}',
  next: 'затем «{{name}}»',
  noSession: 'Смена не начата',
  startSession: 'Начать смену',
};
