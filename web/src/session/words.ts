/** Words of logging in and out. */
import type { SameKeys } from '../words/shape.js';

export const en = {
  title: 'Log in',
  login: 'Login',
  password: 'Password',
  showPassword: 'Show the password',
  logIn: 'Log in',
  logOut: 'Log out',
  logOutRefusedInCall: 'Not during a call',
  server: 'Server address',
  serverHint: 'Empty: the server this page comes from.',
  serverInvalid: 'Not an address. For example: https://calls.example.com',
  serverUnreachable: 'The server does not answer: check its address and the network.',
  sessionEnded: 'You were logged out: the login is no longer valid.',
  loggedOutElsewhere: 'You have logged out in another tab.',
  otherWorksHere: '{{login}} works in this browser already, in another tab: log out first.',
} as const;

export const ru: SameKeys<typeof en> = {
  title: 'Вход',
  login: 'Логин',
  password: 'Пароль',
  showPassword: 'Показать пароль',
  logIn: 'Войти',
  logOut: 'Выйти',
  logOutRefusedInCall: 'Не во время разговора',
  server: 'Адрес сервера',
  serverHint: 'Пусто: сервер, с которого открыта эта страница.',
  serverInvalid: 'Это не адрес. Например: https://calls.example.com',
  serverUnreachable: 'Сервер не отвечает: проверьте адрес и сеть.',
  sessionEnded: 'Вход больше не действует: войдите снова.',
  loggedOutElsewhere: 'Вы вышли в другой вкладке.',
  otherWorksHere: 'В этом браузере, в другой вкладке, уже работает {{login}}: сначала выйдите.',
};
