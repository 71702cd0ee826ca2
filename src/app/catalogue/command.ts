/**
 * What one entry of the command catalogue is. REST, Socket.IO, feature codes and in-call keys are doors to the same entries, so
 * what one of them can do the others can do.
 */
import type { z } from 'zod';
import type { AgentId } from '../../core/call/state.js';
import type { Refusal } from '../../core/refusal.js';
import type { Application, MessageOperations, Viewer } from '../application.js';
import type { Role } from '../directory.js';

/** What a handler may use: who asks, and of whom. */
export interface CommandContext {
  readonly viewer: Viewer;
  readonly application: Application;
  readonly messages: MessageOperations;
  readonly logins: OpenLogins;
}

/** The part of the login that commands need: ending every open login of an account. */
export interface OpenLogins {
  revokeAll(agentId: AgentId): Promise<void>;
  /** What the agent keys in at a phone to log in there; null: nothing opens a phone for the agent. */
  setPin(agentId: AgentId, pin: string | null): Promise<void>;
}

export interface RestBinding {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** Below `/api/v1`; `{name}` is a field of the input. */
  readonly path: `/${string}`;
}

/** One command, with its types folded away: `parse` narrows the input that `run` takes. */
export interface Command {
  readonly name: string;
  /** One sentence for the API's documentation. */
  readonly summary: string;
  readonly tag: string;
  readonly rest: RestBinding;
  /** The least role that may use it. */
  readonly role: Role;
  readonly input: z.ZodObject;
  readonly output: z.ZodType;
  /** Checks the input and makes the call ready to run; answers the schema's complaints otherwise. */
  prepare(input: unknown): Prepared;
}

export type Prepared =
  | { readonly valid: true; readonly run: (context: CommandContext) => Promise<unknown> }
  | { readonly valid: false; readonly issues: readonly z.core.$ZodIssue[] };

interface Definition<I extends z.ZodObject, O extends z.ZodType> {
  readonly name: string;
  readonly summary: string;
  readonly tag: string;
  readonly rest: RestBinding;
  readonly role: Role;
  readonly input: I;
  readonly output: O;
  /** May answer a Refusal; throws only for faults. */
  readonly handler: (
    context: CommandContext,
    input: z.output<I>,
  ) => z.output<O> | Refusal | Promise<z.output<O> | Refusal>;
}

/** Makes a catalogue entry; the handler's types follow from the schemas. */
export function command<I extends z.ZodObject, O extends z.ZodType>(definition: Definition<I, O>): Command {
  const { handler, ...described } = definition;
  return {
    ...described,
    prepare(input) {
      const parsed = definition.input.safeParse(input);
      if (!parsed.success) return { valid: false, issues: parsed.error.issues };
      return { valid: true, run: async (context) => handler(context, parsed.data) };
    },
  };
}

const RANK: Readonly<Record<Role, number>> = { agent: 0, supervisor: 1, administrator: 2 };

/** True when `role` may do what needs `least`. */
export function mayAct(role: Role, least: Role): boolean {
  return RANK[role] >= RANK[least];
}

/** Supervisors and administrators see everybody; an agent sees what is its own. */
export function seesAll(viewer: Viewer): boolean {
  return mayAct(viewer.role, 'supervisor');
}
