/** The tags of a call, as a list. */
import { Badge, Group } from '@mantine/core';

export function TagList({ label, tags }: { label: string; tags: readonly string[] }) {
  return (
    <Group gap={4} component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label={label}>
      {tags.map((tag) => (
        <Badge key={tag} component="li" variant="light" tt="none">
          {tag}
        </Badge>
      ))}
    </Group>
  );
}
