/** The one shape of errors, wherever a client meets them. */
import type { z } from 'zod';
import { type Refusal, type RefusalCode, refuse } from '../../core/refusal.js';
import { isPlainText } from './schema.js';

/** `internal` is a fault of the service; every other code is a refusal. */
export type ErrorCode = RefusalCode | 'internal';

export interface ErrorBody {
  readonly code: ErrorCode;
  /** One English sentence for a person; clients translate by code. */
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export function errorBody(refusal: Refusal): ErrorBody {
  const { refused: code, message, details } = refusal;
  return details === undefined ? { code, message } : { code, message, details };
}

const MOST_ISSUES = 10;
const LONGEST = 200;

/** What a schema complains of, bounded: a hostile input must not come back at full length. */
export function invalidInput(issues: readonly z.core.$ZodIssue[]): Refusal {
  const told = issues.slice(0, MOST_ISSUES).map((issue) => ({
    path: bounded(issue.path.map(String).join('.')),
    message: bounded(issue.message),
  }));
  const first = told[0];
  const where = first === undefined || first.path === '' ? '' : ` (${first.path}: ${first.message})`;
  return refuse('invalidInput', `The input is not as described${where}.`, { issues: told });
}

function bounded(given: string): string {
  const short = given.length > LONGEST ? `${given.slice(0, LONGEST)}…` : given;
  return isPlainText(short) ? short : JSON.stringify(short);
}
