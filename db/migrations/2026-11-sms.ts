/** Short messages: templates, and the outbox, whose rows stay as the list of what was sent. */
import type { Knex } from 'knex';

export async function createSms(knex: Knex): Promise<void> {
  await knex.schema.createTable('sms_templates', (table) => {
    table.text('id').primary();
    table.text('name').notNullable().unique();
    table.text('language').notNullable();
    table.text('text').notNullable();
  });
  // `data` is the whole message; the columns beside it are what is searched for.
  await knex.schema.createTable('sms', (table) => {
    table.text('id').primary();
    table.text('agent_id').notNullable();
    table.text('call_id');
    table.text('number').notNullable();
    table.bigInteger('created_at').notNullable();
    table.text('state').notNullable();
    table.bigInteger('due_at');
    table.text('data').notNullable();
    table.index(['created_at', 'id']);
    table.index(['agent_id', 'created_at', 'id']);
    table.index(['number', 'created_at', 'id']);
  });
  await knex.raw('CREATE INDEX sms_of_call ON sms (call_id) WHERE call_id IS NOT NULL');
  await knex.raw("CREATE INDEX sms_due ON sms (due_at) WHERE state = 'queued'");
  // Under which names the gateway will report on the parts. Gateways use their names anew after some time.
  await knex.schema.createTable('sms_receipts', (table) => {
    table.text('gateway_id').notNullable();
    table.text('sms_id').notNullable().references('sms.id').onDelete('CASCADE');
    table.integer('part').notNullable();
    table.bigInteger('at').notNullable();
    table.primary(['sms_id', 'part']);
    table.index(['gateway_id', 'at']);
  });
}
