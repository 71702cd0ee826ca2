/** The eight buttons of a line, always in the same places. */
import { useTranslation } from 'react-i18next';
import { useUnderWay } from './acting.js';
import { CallButton } from './call-button.js';
import { DigitsPad } from './digits-pad.js';
import { actKey, press } from './line-commands.js';
import { type Panel, presentOf } from './lines.js';
import { MoreMenu } from './more-menu.js';
import { type Action, type Reason, whyNot, whyNotRecord } from './possible.js';
import { SHORTCUTS } from './shortcut-keys.js';
import { openTargetDialog } from './target-dialog.js';
import { useMayRecord, useWhyNothing } from './use-circumstances.js';

interface Props {
  readonly panel: Panel;
  readonly all: readonly Panel[];
}

export function LineButtons({ panel, all }: Props) {
  const { t } = useTranslation('calls');
  const nothing = useWhyNothing();
  const why = (action: Action): Reason | null => nothing ?? whyNot(action, panel, all);
  const mayRecord = useMayRecord();
  const keys = keysOf(panel, all);
  return (
    <div className="line-buttons">
      <HoldButton panel={panel} reason={why(panel.heldSince === null ? 'hold' : 'resume')} keys={keys} />
      <MuteButton panel={panel} reason={why('mute')} keys={keys} />
      <CallButton
        icon="transfer"
        label={t('do.transfer')}
        reason={why('transfer')}
        shortcut={keys.transfer}
        aria-haspopup="dialog"
        onPress={() => openTargetDialog('transfer', panel.key)}
      />
      <CallButton
        icon="hangUp"
        look="danger"
        label={t('do.hangUp')}
        reason={why('hangUp')}
        busy={useUnderWay(actKey(panel, 'hangUp'))}
        shortcut={keys.hangUp}
        onPress={() => void press('hangUp', panel)}
      />
      <CallButton
        icon="consult"
        label={t('do.consult')}
        reason={why('consult')}
        aria-haspopup="dialog"
        onPress={() => openTargetDialog('consult', panel.key)}
      />
      <DigitsPad panel={panel} />
      <RecordButton panel={panel} reason={nothing ?? whyNotRecord(panel, all, mayRecord)} />
      <MoreMenu panel={panel} all={all} />
    </div>
  );
}

type Keys = Partial<typeof SHORTCUTS>;

/** They mean the line that the agent is on: no other one shows them. */
function keysOf(panel: Panel, all: readonly Panel[]): Keys {
  return presentOf(all)?.key === panel.key ? SHORTCUTS : {};
}

interface ToggleProps {
  readonly panel: Panel;
  readonly reason: Reason | null;
  readonly keys: Keys;
}

function HoldButton({ panel, reason, keys }: ToggleProps) {
  const { t } = useTranslation('calls');
  const held = panel.heldSince !== null;
  return (
    <CallButton
      icon={held ? 'resume' : 'hold'}
      label={t(held ? 'do.resume' : 'do.hold')}
      pressed={held}
      reason={reason}
      busy={useUnderWay(actKey(panel, 'hold'))}
      shortcut={keys.hold}
      onPress={() => void press('hold', panel)}
    />
  );
}

function MuteButton({ panel, reason, keys }: ToggleProps) {
  const { t } = useTranslation('calls');
  return (
    <CallButton
      icon={panel.muted ? 'microphoneOff' : 'microphone'}
      label={t(panel.muted ? 'do.unmute' : 'do.mute')}
      pressed={panel.muted}
      reason={reason}
      busy={useUnderWay(actKey(panel, 'mute'))}
      shortcut={keys.mute}
      onPress={() => void press('mute', panel)}
    />
  );
}

function RecordButton({ panel, reason }: Omit<ToggleProps, 'keys'>) {
  const { t } = useTranslation('calls');
  const { recording } = panel.line;
  const says = recording === 'yes' ? 'stopRecording' : recording === 'paused' ? 'resumeRecording' : 'record';
  return (
    <CallButton
      icon={recording === 'yes' ? 'stop' : 'record'}
      label={t(`do.${says}`)}
      name={says === 'record' ? t('do.record') : t(`full.${says}`)}
      pressed={recording === 'yes'}
      look="recording"
      reason={reason}
      busy={useUnderWay(actKey(panel, 'record'))}
      onPress={() => void press('record', panel)}
    />
  );
}
