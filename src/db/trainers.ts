/** Who is the trainer of which agent, of which team, and of which queue. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { TrainerSetting } from '../app/directory.js';
import { mustExist } from './configuration-checks.js';

const trainerRow = z
  .object({
    agent_id: z.string().nullable(),
    team_id: z.string().nullable(),
    queue_id: z.string().nullable(),
    trainer_id: z.string(),
  })
  .transform(({ agent_id, team_id, queue_id, trainer_id: trainerId }): TrainerSetting => {
    if (agent_id !== null) return { of: 'agent', id: agent_id, trainerId };
    return team_id === null ? { of: 'queue', id: queue_id ?? '', trainerId } : { of: 'team', id: team_id, trainerId };
  });

const COLUMN = { agent: 'agent_id', team: 'team_id', queue: 'queue_id' } as const;
const OWNERS = { agent: 'agents', team: 'teams', queue: 'queues' } as const;

export async function loadTrainers(read: Knex): Promise<readonly TrainerSetting[]> {
  return z.array(trainerRow).parse(await read('trainers').select().orderBy(['agent_id', 'team_id', 'queue_id']));
}

/** In place of the one before. */
export async function saveTrainer(change: Knex, { of, id, trainerId }: TrainerSetting): Promise<void> {
  await mustExist(change, OWNERS[of], id, 'id');
  await mustExist(change, 'agents', trainerId, 'trainerId');
  const row = { [COLUMN[of]]: id, trainer_id: trainerId };
  await change('trainers').insert(row).onConflict(COLUMN[of]).merge();
}

/** False when there was none. */
export async function removeTrainer(change: Knex, of: TrainerSetting['of'], id: string): Promise<boolean> {
  return (await change('trainers').where(COLUMN[of], id).delete()) > 0;
}
