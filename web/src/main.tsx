/** Starts the desktop: words, then who is logged in, then what is seen. */
import '@mantine/core/styles.css';
import './desk.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { followSubjects } from './card/last-subject.js';
import { startPhone } from './phone/browser-phone.js';
import { startSession } from './session/session.js';
import { watchVersion } from './version/newer-version.js';
import { startWords } from './words/i18n.js';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no place for the desktop');
await startWords();
startSession();
followSubjects();
startPhone();
watchVersion();
createRoot(root).render(<App />);
