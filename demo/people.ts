/** Who works in the demonstration's call centre, and who calls it. Its passwords are no secret: it listens on loopback only. */

export interface Person {
  readonly id: string;
  readonly login: string;
  readonly password: string;
  readonly name: string;
  readonly number: string;
  readonly language: 'en' | 'ru';
}

export const ADMINISTRATOR = { login: 'admin', password: 'demo-admin' } as const;

export const SUPERVISOR: Person = {
  id: 'supervisor',
  login: 'supervisor',
  password: 'demo-supervisor',
  name: 'Елена Волкова',
  number: '100',
  language: 'ru',
};

function agent(number: string, login: string, name: string, language: 'en' | 'ru'): Person {
  return { id: `agent-${number}`, login, password: `demo-${login}`, name, number, language };
}

/** Each has a phone that registers with the demonstration's Asterisk. */
export const AGENTS: readonly Person[] = [
  agent('101', 'anna', 'Анна Смирнова', 'ru'),
  agent('102', 'john', 'John Miller', 'en'),
  agent('103', 'ivan', 'Иван Петров', 'ru'),
  agent('104', 'mary', 'Mary Brown', 'en'),
];

/** The number customers call. */
export const OUTSIDE_NUMBER = '+74951234567';

export const CUSTOMERS: readonly { readonly from: string; readonly name: string }[] = [
  { from: '+79161234567', name: 'Maria Kuznetsova' },
  { from: '+442071234567', name: 'Peter Wilson' },
  { from: '+79031112233', name: 'Oleg Sidorov' },
];
