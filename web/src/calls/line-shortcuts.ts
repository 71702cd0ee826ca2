/** What the shortcuts do: with the line that the agent is on, or put on hold last; never what its button would not do. */
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { tellProblem } from '../parts/notices.js';
import { act } from './acting.js';
import { press } from './line-commands.js';
import { type Panel, presentOf } from './lines.js';
import { type Action, type Reason, whyNot } from './possible.js';
import { SHORTCUTS, type Shortcut } from './shortcut-keys.js';
import { useShortcuts } from './shortcuts.js';
import { openTargetDialog } from './target-dialog.js';

interface Scene {
  readonly panels: readonly Panel[];
  readonly nothing: Reason | null;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly openHelp: () => void;
}

/** What rings is answered wherever the agent is: see `useAnswerShortcut`. */
const HERE = (Object.keys(SHORTCUTS) as Shortcut[]).filter((shortcut) => shortcut !== 'answer');

export function useLineShortcuts(scene: Scene): void {
  const { t } = useTranslation('calls');
  useShortcuts({ shortcuts: HERE }, (shortcut) => {
    const why = run(shortcut, scene);
    if (why !== null) tellProblem(() => t(`why.${why}`));
  });
}

function run(shortcut: Shortcut, scene: Scene): Reason | null {
  const { panels, nothing, field, openHelp } = scene;
  switch (shortcut) {
    case 'newCall':
      field.current?.select();
      return null;
    case 'help':
      openHelp();
      return null;
    case 'answer':
      return null;
    case 'swap':
      if (panels.length < 2) return null;
      if (nothing === null) void act('swap', 'call.swap', {});
      return nothing;
    default: {
      const present = presentOf(panels);
      return present === null ? null : withLine(shortcut, present, scene);
    }
  }
}

function withLine(
  shortcut: 'hold' | 'mute' | 'transfer' | 'hangUp',
  panel: Panel,
  { nothing, panels }: Scene,
): Reason | null {
  const action: Action = shortcut === 'hold' && panel.heldSince !== null ? 'resume' : shortcut;
  const why = nothing ?? whyNot(action, panel, panels);
  if (why !== null) return why;
  if (shortcut === 'transfer') openTargetDialog('transfer', panel.key);
  else void press(shortcut, panel);
  return null;
}
