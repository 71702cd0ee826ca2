/** The page's words in English and Russian, and which language is spoken. */

const WORDS = {
  en: {
    skip: 'Skip to content',
    language: 'Language',
    leave: 'Log out',
    loginTitle: 'Look at the call centre',
    loginHint: 'Logging in here does not start your work session.',
    login: 'Login',
    password: 'Password',
    enter: 'Log in',
    summary: 'Summary',
    queues: 'Queues',
    calls: 'Calls',
    agents: 'Agents',
    api: 'API for developers',
    loggedOutToo: 'Logged out too',
    noQueues: 'No queues to show yet.',
    noCalls: 'No calls at the moment.',
    noAgents: 'Nobody is logged in.',
    connected: 'Live',
    stale: 'The phone system does not answer. What you see may be out of date until it does.',
    lost: 'Connection lost. What you see may be out of date; trying again…',
    ended: 'Your login has ended. Log in again.',
    wrongCredentials: 'The login or the password is wrong.',
    tooManyAttempts: 'Too many attempts. Wait a few minutes.',
    unreachable: 'The server cannot be reached.',
    waiting: 'Waiting',
    longest: 'Longest wait',
    talking: 'Talking',
    receiving: 'Ready for calls',
    loggedIn: 'Logged in',
    estimated: 'Estimated wait',
    team: 'Ready / talking / logged in',
    today: 'Answered / lost today',
    level: 'Service level',
    average: 'Average wait today',
    none: '—',
    loggedOut: 'Logged out',
    'activity.ringing': 'Ringing',
    'activity.talking': 'Talking',
    blocking: 'set by a supervisor',
    unknownNumber: 'Unknown number',
    place: 'place {0}',
    'phase.queued': 'Waiting',
    'phase.preparing': 'Ringing the agent',
    'phase.connecting': 'Ringing',
    'phase.talking': 'Talking',
    'phase.ended': 'Ended',
    'direction.inbound': 'Incoming',
    'direction.outbound': 'Outgoing',
    'direction.internal': 'Internal',
  },
  ru: {
    skip: 'К содержимому',
    language: 'Язык',
    leave: 'Выйти',
    loginTitle: 'Что происходит в центре',
    loginHint: 'Вход на эту страницу не начинает рабочую сессию.',
    login: 'Логин',
    password: 'Пароль',
    enter: 'Войти',
    summary: 'Сводка',
    queues: 'Очереди',
    calls: 'Звонки',
    agents: 'Операторы',
    api: 'API для разработчиков',
    loggedOutToo: 'И не вошедшие',
    noQueues: 'Очередей пока нет.',
    noCalls: 'Сейчас звонков нет.',
    noAgents: 'Никто не вошёл в систему.',
    connected: 'На связи',
    stale: 'Телефонная станция не отвечает. Пока она не ответит, данные могут быть устаревшими.',
    lost: 'Связь потеряна. Данные могли устареть; пробуем снова…',
    ended: 'Вход завершён. Войдите снова.',
    wrongCredentials: 'Неверный логин или пароль.',
    tooManyAttempts: 'Слишком много попыток. Подождите несколько минут.',
    unreachable: 'Сервер недоступен.',
    waiting: 'Ждут',
    longest: 'Ждёт дольше всех',
    talking: 'Говорят',
    receiving: 'Готовы принять',
    loggedIn: 'Вошли',
    estimated: 'Ожидание, оценка',
    team: 'Готовы / говорят / вошли',
    today: 'Принято / потеряно сегодня',
    level: 'Уровень сервиса',
    average: 'Среднее ожидание сегодня',
    none: '—',
    loggedOut: 'Не вошёл',
    'activity.ringing': 'Звонит',
    'activity.talking': 'Говорит',
    blocking: 'задан супервизором',
    unknownNumber: 'Номер не определён',
    place: '{0}-й в очереди',
    'phase.queued': 'Ждёт',
    'phase.preparing': 'Вызов оператора',
    'phase.connecting': 'Вызов',
    'phase.talking': 'Разговор',
    'phase.ended': 'Завершён',
    'direction.inbound': 'Входящий',
    'direction.outbound': 'Исходящий',
    'direction.internal': 'Внутренний',
  },
};

const KEY = 'ringmaster.language';
const wished = localStorage.getItem(KEY) ?? navigator.language.slice(0, 2);
let spoken = wished in WORDS ? wished : 'en';

export function language() {
  return spoken;
}

/** The word in the language spoken; `{0}` is replaced by `value`. */
export function word(key, value = '') {
  return (WORDS[spoken][key] ?? WORDS.en[key] ?? key).replace('{0}', value);
}

/** Puts the words on everything that asks for them by `data-t`, and remembers the choice. */
export function speak(chosen) {
  spoken = chosen;
  localStorage.setItem(KEY, chosen);
  document.documentElement.lang = chosen;
  for (const element of document.querySelectorAll('[data-t]')) element.textContent = word(element.dataset.t);
  for (const element of document.querySelectorAll('[data-t-label]')) {
    element.setAttribute('aria-label', word(element.dataset.tLabel));
  }
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.dataset.language === chosen));
  }
}
