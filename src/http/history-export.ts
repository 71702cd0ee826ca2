/**
 * Past calls as a CSV file: the same search and the same rights as `history.calls`, written page by page as fast as the client
 * reads, so that a long export needs no more memory than a short one.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Application, Viewer } from '../app/application.js';
import { invalidInput } from '../app/catalogue/error.js';
import { callSearch } from '../app/catalogue/history-calls.js';
import { filterOf } from '../app/catalogue/history-period.js';
import type { CallFilter, CallRecord } from '../app/history/filter.js';
import type { Login } from '../app/login.js';
import type { Log } from '../app/ports.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import { sendRefusal } from './answer.js';
import { BYTE_ORDER_MARK, csvLine, type Separator } from './csv.js';
import { authenticated, queryOf } from './rest.js';
import { isZone, zonedTime } from './zoned-time.js';

export interface HistoryExportParts {
  readonly application: Application;
  readonly login: Login;
  readonly log: Log;
}

export const MOST_ROWS = 100_000;
const PAGE = 500;
/** Exports under way at once; each reads the database as fast as it can. */
const MOST_AT_ONCE = 4;
/** A client that takes nothing for so long is gone. */
const STALLED_MS = 60_000;

export const exportQuery = callSearch.omit({ limit: true }).extend({
  separator: z.enum([',', ';']).default(',').describe('Between fields: `;` for spreadsheets that write 1,5.'),
  zone: z
    .string()
    .regex(/^[A-Za-z0-9_+/-]{1,64}$/)
    .refine(isZone, { error: 'must be a time zone by its IANA name' })
    .default('UTC')
    .describe('Time zone of the times, by its IANA name, e.g. `Europe/Moscow`.'),
});

interface Export {
  readonly filter: CallFilter;
  readonly separator: Separator;
  readonly zone: string;
}

export function historyExportRouter(parts: HistoryExportParts): Router {
  const router = Router({ caseSensitive: true });
  let underWay = 0;
  router.get('/history/calls.csv', async (request, response) => {
    const known = await authenticated(parts.login, request, response);
    if (known === null) return;
    const asked = askedExport(parts.application, known.viewer, request);
    if (isRefusal(asked)) return sendRefusal(response, asked);
    if (underWay >= MOST_AT_ONCE)
      return sendRefusal(
        response,
        refuse('tooManyAttempts', 'Other exports are under way.', { retryAfterSeconds: 10 }),
      );
    underWay += 1;
    try {
      await send(parts, asked, response);
    } finally {
      underWay -= 1;
    }
  });
  return router;
}

function askedExport(application: Application, viewer: Viewer, request: Request): Export | Refusal {
  const fields = queryOf({ input: exportQuery }, request);
  if (isRefusal(fields)) return fields;
  const input = exportQuery.safeParse(fields);
  if (!input.success) return invalidInput(input.error.issues);
  const { separator, zone, ...search } = input.data;
  // The end of the period is fixed here: calls that begin meanwhile do not move the pages.
  const filter = filterOf({ viewer, application }, { ...search, limit: PAGE });
  return isRefusal(filter) ? filter : { filter: { ...search, ...filter }, separator, zone };
}

async function send({ application, log }: HistoryExportParts, asked: Export, response: Response): Promise<void> {
  // The first page is read before anything is sent: until then a failure is answered as every other.
  const first = await application.history.calls(asked.filter);
  response.set('Content-Disposition', 'attachment; filename="calls.csv"');
  response.type('text/csv; charset=utf-8; header=present');
  response.setTimeout(STALLED_MS, () => response.destroy());
  try {
    await pipeline(Readable.from(chunks(application, asked, first)), response);
  } catch (error) {
    // Either side may break off. What was sent is cut short, and the client sees that: the last chunk is missing.
    log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'an export broke off');
  }
}

async function* chunks(application: Application, asked: Export, first: readonly CallRecord[]): AsyncGenerator<string> {
  const columns = columnsOf(application, asked.zone);
  const line = (cells: readonly (string | number | null)[]) => csvLine(cells, asked.separator);
  yield BYTE_ORDER_MARK + line(columns.map(({ name }) => name));
  let page = first;
  for (let rows = page.length; page.length > 0; rows += page.length) {
    yield page.map((call) => line(columns.map((column) => column.cell(call)))).join('');
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE || rows >= MOST_ROWS) return;
    page = await application.history.calls({ ...asked.filter, after: last.id });
  }
}

interface Column {
  readonly name: string;
  readonly cell: (call: CallRecord) => string | number | null;
}

/** Names follow the API's. Accounts and queues that are gone have an id and no name. */
function columnsOf(application: Application, zone: string): readonly Column[] {
  const { agents, queues } = application.configuration();
  const agentNames = new Map(agents.map(({ id, name }) => [id, name]));
  const queueNames = new Map(queues.map(({ id, name }) => [id, name]));
  const write = zonedTime(zone);
  const time = (instant: number | null) => (instant === null ? null : write(instant));
  return [
    { name: 'id', cell: (call) => call.id },
    { name: 'direction', cell: (call) => call.direction },
    { name: 'outcome', cell: (call) => call.outcome },
    { name: 'startedAt', cell: (call) => time(call.startedAt) },
    { name: 'connectedAt', cell: (call) => time(call.connectedAt) },
    { name: 'endedAt', cell: (call) => time(call.endedAt) },
    { name: 'fromNumber', cell: (call) => call.fromNumber },
    { name: 'fromName', cell: (call) => call.fromName },
    { name: 'dialled', cell: (call) => call.dialled },
    { name: 'queueId', cell: (call) => call.queueId },
    { name: 'queueName', cell: (call) => (call.queueId === null ? null : (queueNames.get(call.queueId) ?? null)) },
    { name: 'agentId', cell: (call) => call.agentId },
    { name: 'agentName', cell: (call) => (call.agentId === null ? null : (agentNames.get(call.agentId) ?? null)) },
    { name: 'waitedMs', cell: (call) => call.waitedMs },
    { name: 'talkedMs', cell: (call) => call.talkedMs },
    { name: 'rating', cell: (call) => call.rating },
  ];
}
