/** The call's tags, and the menu of those that may be given to it. */
import { Badge, Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../link/use-command.js';
import { act, useUnderWay } from './acting.js';
import { actKey } from './line-commands.js';
import type { Panel } from './lines.js';
import { useWhyNothing } from './use-circumstances.js';

interface TagDefinition {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  readonly enabled?: boolean;
}

export function TagMenu({ panel }: { panel: Panel }) {
  const { t } = useTranslation('calls');
  const nothing = useWhyNothing();
  const { data: tags = [] } = useAnswer<readonly TagDefinition[]>('tags.list', {}, { staleMs: 60_000 });
  const key = actKey(panel, 'tag');
  const busy = useUnderWay(key);
  const has = new Set(panel.call.tags);
  const offered = tags.filter(({ enabled }) => enabled !== false);
  const colourOf = (name: string) => tags.find((each) => each.name === name)?.colour ?? 'var(--mantine-color-gray-6)';
  return (
    <div className="line-tags">
      {panel.call.tags.map((tag) => (
        <Badge key={tag} variant="default" tt="none" leftSection={<Dot colour={colourOf(tag)} />}>
          {tag}
        </Badge>
      ))}
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button size="compact-xs" variant="subtle" loading={busy}>
            + {t('addTag')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflow: 'auto' }}>
          {offered.length === 0 && <Menu.Label>{t('noTags')}</Menu.Label>}
          {offered.map(({ id, name, colour }) => (
            <Menu.Item
              key={id}
              leftSection={<Dot colour={colour} />}
              disabled={has.has(name) || nothing !== null}
              onClick={() => void act(key, 'call.tag', { callId: panel.callId, tag: name })}
            >
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

function Dot({ colour }: { colour: string }) {
  return <span style={{ display: 'inline-block', width: 10, height: 10, borderRadius: '50%', background: colour }} />;
}
