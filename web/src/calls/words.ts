/** Words about calls. */
export { en } from './words-en.js';
export { ru } from './words-ru.js';
