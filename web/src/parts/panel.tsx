/** A framed part of a tab with its heading, and the figures in it. */
import { Group, Paper, Text } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface PanelProps {
  readonly title: string;
  /** What stands at the heading's end. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function Panel({ title, aside, children }: PanelProps) {
  const heading = useId();
  return (
    <Paper component="section" withBorder p="sm" aria-labelledby={heading}>
      <Group justify="space-between" gap="xs" mb={6} wrap="nowrap">
        <Text component="h2" id={heading} fw={600} size="md" m={0}>
          {title}
        </Text>
        {aside}
      </Group>
      {children}
    </Paper>
  );
}

interface FigureProps {
  readonly name: string;
  readonly hint?: string;
  /** It wants attention. */
  readonly strong?: boolean;
  readonly children: ReactNode;
}

/** One figure of a list of them (`dl`). */
export function Figure({ name, hint, strong = false, children }: FigureProps) {
  return (
    <div title={hint}>
      <Text component="dt" size="xs" c="dimmed">
        {name}
      </Text>
      <Text
        component="dd"
        m={0}
        size="xl"
        fw={600}
        {...(strong && { className: 'strong-figure' })}
        style={{ fontVariantNumeric: 'tabular-nums' }}
      >
        {children}
      </Text>
    </div>
  );
}
