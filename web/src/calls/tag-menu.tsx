/** The call's tags, and the menu in which tags are given to it and taken off again. */
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
  const { offered, colourOf } = useTags(panel.call.tags);
  const key = actKey(panel, 'tag');
  const busy = useUnderWay(key);
  const has = new Set(panel.call.tags);
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
          {/* A menu without any item is none for screen readers. */}
          {offered.length === 0 && <Menu.Item disabled>{t('noTags')}</Menu.Item>}
          {offered.map((tag) => (
            <Menu.CheckboxItem
              key={tag}
              checked={has.has(tag)}
              closeMenuOnClick
              rightSection={<Dot colour={colourOf(tag)} />}
              disabled={nothing !== null}
              onChange={(wanted) => void act(key, wanted ? 'call.tag' : 'call.untag', { callId: panel.callId, tag })}
            >
              {tag}
            </Menu.CheckboxItem>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

/** Those that are prepared; and those that the call has: one not given any more, or put together by a scenario, can still be taken off. */
function useTags(had: readonly string[]) {
  const { data: tags = [] } = useAnswer<readonly TagDefinition[]>('tags.list', {}, { staleMs: 60_000 });
  const given = tags.flatMap(({ name, enabled }) => (enabled === false ? [] : [name]));
  const colourOf = (name: string) => tags.find((each) => each.name === name)?.colour ?? 'var(--mantine-color-gray-6)';
  return { offered: [...given, ...had.filter((tag) => !given.includes(tag))], colourOf };
}

function Dot({ colour }: { colour: string }) {
  return <span style={{ display: 'inline-block', width: 10, height: 10, borderRadius: '50%', background: colour }} />;
}
