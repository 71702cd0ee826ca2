/** Contacts as a CSV file, out and in: supervisors' matters. Both are read and written piece by piece, so that calls go on beside them. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import express, { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Application, Viewer } from '../app/application.js';
import { mayAct } from '../app/catalogue/command.js';
import { groupId } from '../app/catalogue/contact-schema.js';
import { invalidInput } from '../app/catalogue/error.js';
import { importContacts, type Read } from '../app/contacts/import.js';
import type { ContactPage } from '../app/contacts/store.js';
import type { Login } from '../app/login.js';
import type { Log } from '../app/ports.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import { sendRefusal } from './answer.js';
import { cellWriter, headOf, type Names, rowReader } from './contact-columns.js';
import { BYTE_ORDER_MARK, csvLine } from './csv.js';
import { authenticated, queryOf } from './rest.js';

export interface ContactFilesParts {
  readonly application: Application;
  readonly login: Login;
  readonly log: Log;
}

export const MOST_IMPORTED_ROWS = 100_000;
const MOST_IMPORTED_BYTES = 64_000_000;
const LONGEST_ROW = 100_000;
const PAGE = 500;
/** A client that takes nothing for so long is gone. */
const STALLED_MS = 60_000;
/** Of a file that is handed to the parser at once: other work is done in between. */
const PIECE = 65_536;

export const contactExportQuery = z.strictObject({
  separator: z.enum([',', ';']).default(',').describe('Between fields: `;` for spreadsheets that write 1,5.'),
  groupId: groupId.optional().describe('Only contacts of this group.'),
});

export const contactImportQuery = z.strictObject({
  whole: z
    .enum(['true', 'false'])
    .default('false')
    .describe('`true`: nothing is written when anything is wrong with any row.'),
  encoding: z.enum(['utf-8', 'windows-1251']).default('utf-8').describe('How the letters are written.'),
});

export const importReport = z
  .object({
    rows: z.number(),
    added: z.number(),
    changed: z.number(),
    refused: z.number().describe('Rows that were not written.'),
    problems: z
      .array(
        z.object({
          line: z.number().describe('Where the row ends in the file; the first line is 1.'),
          code: z.string(),
          message: z.string(),
          details: z.record(z.string(), z.unknown()).optional(),
        }),
      )
      .describe('Why rows were not written: the first 1000.'),
  })
  .meta({ id: 'ImportReport' });

const rawBody = express.raw({ limit: MOST_IMPORTED_BYTES, type: () => true, inflate: false });

/** Comes before the reading of JSON: what is imported is none. */
export function contactFilesRouter(parts: ContactFilesParts): Router {
  const router = Router({ caseSensitive: true });
  const underWay = { in: false, out: false };
  const alone = async (
    which: 'in' | 'out',
    request: Request,
    response: Response,
    work: (viewer: Viewer) => Promise<unknown>,
  ) => {
    const known = await authenticated(parts.login, request, response);
    if (known === null) return;
    if (!mayAct(known.viewer.role, 'supervisor'))
      return sendRefusal(response, refuse('forbidden', 'This needs the role supervisor.', { role: 'supervisor' }));
    if (underWay[which])
      return sendRefusal(response, refuse('tooManyAttempts', 'Another one is under way.', { retryAfterSeconds: 10 }));
    underWay[which] = true;
    try {
      await work(known.viewer);
    } finally {
      underWay[which] = false;
    }
  };
  router.get('/contacts.csv', (request, response) =>
    alone('out', request, response, () => sendContacts(parts, request, response)),
  );
  router.post('/contacts/import', (request, response) =>
    alone('in', request, response, (viewer) => takeContacts(parts, viewer, request, response)),
  );
  return router;
}

async function namesOf(application: Application): Promise<Names> {
  return { groups: await application.addressBook.contacts.groups(), agents: application.configuration().agents };
}

async function sendContacts({ application, log }: ContactFilesParts, request: Request, response: Response) {
  const asked = queryFields(contactExportQuery, request);
  if (isRefusal(asked)) return sendRefusal(response, asked);
  const { contacts } = application.addressBook;
  const page = (after: string | null) =>
    contacts.search({ text: '', groupId: asked.groupId ?? null, after, limit: PAGE });
  // Read before anything is sent: until then a failure is answered as every other.
  const [customNames, names, first] = await Promise.all([contacts.customNames(), namesOf(application), page(null)]);
  const cells = cellWriter(names, customNames);
  const lines = async function* () {
    yield BYTE_ORDER_MARK + csvLine(headOf(customNames), asked.separator);
    for (let present: ContactPage = first; present.contacts.length > 0; ) {
      yield present.contacts.map((contact) => csvLine(cells(contact), asked.separator)).join('');
      if (!present.more) return;
      present = await page(present.contacts.at(-1)?.id ?? null);
    }
  };
  response.set('Content-Disposition', 'attachment; filename="contacts.csv"');
  response.type('text/csv; charset=utf-8; header=present');
  response.setTimeout(STALLED_MS, () => response.destroy());
  try {
    await pipeline(Readable.from(lines()), response);
  } catch (error) {
    log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'an export of contacts broke off');
  }
}

async function takeContacts(
  { application }: ContactFilesParts,
  viewer: Viewer,
  request: Request,
  response: Response,
): Promise<void> {
  const asked = queryFields(contactImportQuery, request);
  if (isRefusal(asked)) return sendRefusal(response, asked);
  const text = decoded(await bodyOf(request, response), asked.encoding);
  const read = isRefusal(text) ? text : await rowsOf(text, await namesOf(application));
  if (isRefusal(read)) return sendRefusal(response, read);
  const { contacts } = application.addressBook;
  response.json(await importContacts(contacts, viewer.agentId, read, asked.whole === 'true'));
}

function queryFields<T extends z.ZodObject>(schema: T, request: Request): z.output<T> | Refusal {
  const fields = queryOf({ input: schema }, request);
  if (isRefusal(fields)) return fields;
  const parsed = schema.safeParse(fields);
  return parsed.success ? parsed.data : invalidInput(parsed.error.issues);
}

async function bodyOf(request: Request, response: Response): Promise<Uint8Array | Refusal> {
  try {
    await new Promise<void>((resolve, reject) => {
      rawBody(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
    });
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'status' in error && error.status === 413) {
      return refuse('tooLarge', 'The file is larger than 64 MB.');
    }
    throw error;
  }
  const body: unknown = request.body;
  return body instanceof Uint8Array ? body : refuse('invalidInput', 'There is no file in the request.');
}

function decoded(body: Uint8Array | Refusal, encoding: string): string | Refusal {
  if (isRefusal(body)) return body;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body);
  } catch {
    return refuse('invalidInput', 'The letters are not written as UTF-8: save the file so, or name its encoding.');
  }
}

const record = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });

/** What the lines say, in the order of the file. The head says by what they are separated. */
async function rowsOf(file: string, names: Names): Promise<readonly Read[] | Refusal> {
  // Within quotation marks the parser would count both characters of a line end.
  const text = file.replaceAll('\r\n', '\n');
  const rows: Read[] = [];
  const parser = parse({
    ...{ bom: true, info: true, relax_column_count: true, skip_empty_lines: true, skip_records_with_error: true },
    delimiter: separatorOf(text),
    max_record_size: LONGEST_ROW,
    on_skip: (error) => {
      const line = error !== undefined && 'lines' in error ? Number(error.lines) : 0;
      rows.push({ line, code: 'invalidInput', message: 'This line is no proper CSV: look at its quotation marks.' });
      return undefined;
    },
  });
  const pieces = function* () {
    for (let from = 0; from < text.length; from += PIECE) yield text.slice(from, from + PIECE);
  };
  let read: Exclude<ReturnType<typeof rowReader>, Refusal> | null = null;
  for await (const parsed of Readable.from(pieces()).pipe(parser)) {
    const { record: cells, info } = record.parse(parsed);
    if (read === null) {
      const reader = rowReader(names, cells);
      if (isRefusal(reader)) return reader;
      read = reader;
    } else if (rows.length >= MOST_IMPORTED_ROWS) {
      return refuse('tooLarge', `The file has more than ${MOST_IMPORTED_ROWS} rows.`);
    } else rows.push(read(info.lines, cells));
  }
  return read === null ? refuse('invalidInput', 'The first line must name the columns.') : rows;
}

/** Whichever the first line has most of. */
function separatorOf(text: string): string {
  const head = text.slice(0, Math.max(0, text.search(/[\r\n]|$/)));
  const count = (separator: string) => head.split(separator).length;
  return [';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best), ',');
}
