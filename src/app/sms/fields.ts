/** The fields a template for short messages may have. */
import type { TemplateFields } from '../../core/template.js';

export const SMS_FIELDS = [
  'agent.name',
  'agent.number',
  'company',
  'queue.name',
  'caller.name',
  'caller.number',
] as const;

export type SmsFields = TemplateFields & Readonly<Record<(typeof SMS_FIELDS)[number], string>>;
