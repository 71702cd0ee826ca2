/** The desktop's icons: strokes on a 24 × 24 grid, in the colour of the text, decoration only (names are given by what they stand in). */

const PATHS = {
  menu: 'M4 6h16M4 12h16M4 18h16',
  phone:
    'M6.5 3.5h3l1.5 4.5-2.2 1.6a12 12 0 0 0 5.6 5.6l1.6-2.2 4.5 1.5v3a2 2 0 0 1-2 2A16 16 0 0 1 4.5 5.5a2 2 0 0 1 2-2',
  hangUp: 'M3 15.5c5-5.5 13-5.5 18 0l-2.4 2.4-3.6-1.8v-3M3 15.5l2.4 2.4 3.6-1.8v-3',
  contacts:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M3 20c0-4 2.5-6 6-6s6 2 6 6M16 4.5a3.5 3.5 0 0 1 0 6M17 14.3c2.6.5 4 2.5 4 5.7',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5l3.5 2',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3.5V7M16 3.5V7',
  queues: 'M4 6h10M4 12h16M4 18h7',
  history: 'M3.5 12a8.5 8.5 0 1 0 2.6-6.1L3.5 8.5M3.5 4v4.5H8M12 7.5V12l3 2',
  card: 'M3 5.5h18v13H3zM8.5 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4M5.5 16c.4-1.8 1.5-2.5 3-2.5s2.6.7 3 2.5M14.5 9.5h4M14.5 13h4',
  microphone: 'M12 14.5a3 3 0 0 0 3-3v-5a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3M6 11.5a6 6 0 0 0 12 0M12 17.5V21',
  microphoneOff:
    'M4 4l16 16M15 10V6.5a3 3 0 0 0-5.8-1M9 9v2.5a3 3 0 0 0 4.5 2.6M6 11.5a6 6 0 0 0 9.5 4.9M18 11.5a6 6 0 0 1-.4 2.2M12 17.5V21',
  hold: 'M8 5v14M16 5v14',
  resume: 'M7 5l11 7-11 7z',
  stop: 'M6 6h12v12H6z',
  transfer: 'M4 12h15M13 6l6 6-6 6',
  incoming: 'M20 12H5M11 6l-6 6 6 6',
  consult: 'M4 9h13M13 5l4 4-4 4M20 15H7M11 19l-4-4 4-4',
  conference:
    'M12 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M5.5 12a2 2 0 1 0 0-4M18.5 12a2 2 0 1 1 0-4M6.5 19.5c0-3.3 2-5 5.5-5s5.5 1.7 5.5 5M3 17c0-1.5.5-2.5 1.8-3M21 17c0-1.5-.5-2.5-1.8-3',
  record: 'M12 17a5 5 0 1 0 0-10 5 5 0 0 0 0 10M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18',
  keypad: 'M6 6h.01M12 6h.01M18 6h.01M6 12h.01M12 12h.01M18 12h.01M6 18h.01M12 18h.01M18 18h.01',
  tag: 'M4 4h8l8 8-8 8-8-8zM8.5 8.5h.01',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  plus: 'M12 5v14M5 12h14',
  edit: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4',
  remove: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.5 15.5L21 21',
  settings: 'M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4M4 12h12M20 12h.01',
  sound: 'M4 9.5v5h4l5 4v-13l-5 4zM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11',
  message: 'M4 5h16v11H10l-4 4v-4H4z',
  help: 'M9 9a3 3 0 1 1 4.2 2.7c-.8.5-1.2 1-1.2 2.3M12 17.5h.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18',
  swap: 'M7 4v15M3.5 15.5L7 19l3.5-3.5M17 20V5M13.5 8.5L17 5l3.5 3.5',
  join: 'M4 6h3.5l5 6H20M4 18h3.5l5-6M16.5 8.5L20 12l-3.5 3.5',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17h.01',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'keypad' || name === 'more' ? 3 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flexShrink: 0 }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
