/** The table of teams. Called inside the transactions of the configuration. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { Team, TeamId } from '../app/directory.js';
import { mustBeFree } from './configuration-checks.js';
import { removeKeySets } from './key-sets.js';
import { removeTrainer } from './trainers.js';

const teamRow = z.object({ id: z.string(), name: z.string() });

export async function loadTeams(read: Knex): Promise<readonly Team[]> {
  return z.array(teamRow).parse(await read('teams').select('id', 'name').orderBy('name'));
}

export async function saveTeam(change: Knex, { id, name }: Team): Promise<void> {
  await mustBeFree(change, 'teams', 'name', name, id);
  await change('teams').insert({ id, name }).onConflict('id').merge();
}

/** False when there was none. Its agents stay, in no team. */
export async function removeTeam(change: Knex, id: TeamId): Promise<boolean> {
  await change('agents').where({ team_id: id }).update({ team_id: null });
  await removeKeySets(change, ['team'], id);
  await removeTrainer(change, 'team', id);
  return (await change('teams').where({ id }).delete()) > 0;
}
