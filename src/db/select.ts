/** Raw SELECTs with parsed rows: the two drivers wrap their rows differently. */
import type { Knex } from 'knex';
import { z } from 'zod';

const wrapped = z.object({ rows: z.array(z.unknown()) });

export async function rowsOf<T>(
  knex: Knex,
  row: z.ZodType<T>,
  sql: string,
  values: readonly (string | number)[],
): Promise<readonly T[]> {
  const result: unknown = await knex.raw(sql, [...values]);
  const rows: unknown = Array.isArray(result) ? result : wrapped.parse(result).rows;
  return z.array(row).parse(rows);
}
