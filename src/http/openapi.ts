/** OpenAPI 3.1 made from the command catalogue, so that it cannot differ from what the service does. */
import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { catalogue } from '../app/catalogue/catalogue.js';
import type { Command } from '../app/catalogue/command.js';
import { messageView } from '../app/catalogue/messages.js';
import { REFUSAL_CODES } from '../core/refusal.js';
import { contactExportQuery, contactImportQuery, importReport, MOST_IMPORTED_ROWS } from './contact-files.js';
import { exportQuery, MOST_ROWS } from './history-export.js';
import { audioPath, uploadQuery } from './messages.js';
import { recordingAudioPath, recordingAudioQuery } from './recordings.js';
import { loginInput, loginOutput, logoutInput, logoutOutput } from './session.js';
import { voicemailAudioPath } from './voicemail.js';

const errorSchema = z
  .object({
    error: z.object({
      code: z.enum([...REFUSAL_CODES, 'internal']),
      message: z.string().describe('One English sentence; translate by code.'),
      details: z.record(z.string(), z.unknown()).optional(),
    }),
  })
  .meta({ id: 'Error', description: 'Every error has this shape, here and over Socket.IO.' });

type Document = ReturnType<OpenApiGeneratorV31['generateDocument']>;

export function openApiDocument(): Document {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'The token that /login answers.',
  });
  for (const entry of catalogue.values()) registry.registerPath(commandPath(entry));
  registerSession(registry);
  registerMessageFiles(registry);
  registerRecordingAudio(registry);
  registerVoicemailAudio(registry);
  registerHistoryExport(registry);
  registerContactFiles(registry);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Ringmaster',
      version: '1',
      description:
        'Every command here can also be sent over Socket.IO as `command` {name, input}; the operation id is the name.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
  });
}

type PathConfig = Parameters<OpenAPIRegistry['registerPath']>[0];

function commandPath(entry: Command): PathConfig {
  const inPath = [...entry.rest.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const fields = (wanted: boolean) =>
    z.strictObject(
      Object.fromEntries(Object.entries(entry.input.shape).filter(([name]) => inPath.includes(name) === wanted)),
    );
  const params = inPath.length > 0 ? { params: fields(true) } : {};
  const others = fields(false);
  const any = Object.keys(others.shape).length > 0;
  const bodied = entry.rest.method === 'post' || entry.rest.method === 'put';
  const where = bodied ? { body: { content: json(others), required: true } } : { query: others };
  return {
    method: entry.rest.method,
    path: entry.rest.path,
    operationId: entry.name,
    tags: [entry.tag],
    summary: entry.summary,
    description: `Needs the role ${entry.role}${entry.role === 'administrator' ? '' : ' or higher'}.`,
    request: { ...params, ...(any ? where : {}) },
    responses: answers(entry.output),
  };
}

function json(schema: z.ZodType) {
  return { 'application/json': { schema } };
}

const refusals = { description: 'Refused, or failed.', content: json(errorSchema) };

function answers(schema: z.ZodType): PathConfig['responses'] {
  return {
    200: { description: 'Done.', content: json(schema) },
    default: refusals,
  };
}

function registerSession(registry: OpenAPIRegistry): void {
  registry.registerPath({
    method: 'post',
    path: '/login',
    operationId: 'login',
    tags: ['Login'],
    summary: 'Trades login and password for a token. Limited per login and per address.',
    security: [],
    request: { body: { content: json(loginInput), required: true } },
    responses: answers(loginOutput),
  });
  registry.registerPath({
    method: 'post',
    path: '/logout',
    operationId: 'logout',
    tags: ['Login'],
    summary: "Ends the agent's session and the token.",
    request: { body: { content: json(logoutInput), required: false } },
    responses: answers(logoutOutput),
  });
}

/** Bytes, as OpenAPI 3.1 says them: no schema but the media type. */
const WAV = { 'audio/wav': { schema: {} } };

function registerMessageFiles(registry: OpenAPIRegistry): void {
  registry.registerPath({
    method: 'post',
    path: '/messages',
    operationId: 'message.upload',
    tags: ['Messages'],
    summary: 'Makes a prepared message of a WAV file: 16-bit PCM, A-law or µ-law, mono or stereo, 8 to 48 kHz.',
    description: 'At most 10 MB and 5 minutes; at most 50 messages an agent, and 50 for all. It is kept in 8 kHz mono.',
    request: { query: uploadQuery, body: { content: WAV, required: true } },
    responses: { 201: { description: 'Kept.', content: json(messageView) }, default: refusals },
  });
  registry.registerPath({
    method: 'get',
    path: '/messages/{messageId}/audio',
    operationId: 'message.audio',
    tags: ['Messages'],
    summary: 'The sound of a message, as a WAV file; the header Range asks for a part.',
    request: { params: audioPath },
    responses: {
      200: { description: 'The whole file.', content: WAV },
      206: { description: 'The part asked for.', content: WAV },
      default: refusals,
    },
  });
}

function registerHistoryExport(registry: OpenAPIRegistry): void {
  registry.registerPath({
    method: 'get',
    path: '/history/calls.csv',
    operationId: 'history.calls.export',
    tags: ['History'],
    summary: 'Past calls as a CSV file, newest first.',
    description: `The search and the rights of history.calls. At most ${MOST_ROWS} rows: to read on, ask again with \`after\` set to the id of the last one.`,
    request: { query: exportQuery },
    responses: {
      200: { description: 'The file.', content: { 'text/csv': { schema: { type: 'string' } } } },
      default: refusals,
    },
  });
}

function registerContactFiles(registry: OpenAPIRegistry): void {
  const file = { 'text/csv': { schema: { type: 'string' as const } } };
  registry.registerPath({
    method: 'get',
    path: '/contacts.csv',
    operationId: 'contacts.export',
    tags: ['Contacts'],
    summary: 'Contacts as a CSV file, by name. Needs the role supervisor or higher.',
    request: { query: contactExportQuery },
    responses: { 200: { description: 'The file.', content: file }, default: refusals },
  });
  registry.registerPath({
    method: 'post',
    path: '/contacts/import',
    operationId: 'contacts.import',
    tags: ['Contacts'],
    summary: 'Adds contacts from a CSV file, or changes those whose id it has. Needs the role supervisor or higher.',
    description: `At most ${MOST_IMPORTED_ROWS} rows. Each row is written or refused by itself.`,
    request: { query: contactImportQuery, body: { content: file, required: true } },
    responses: answers(importReport),
  });
}

function registerVoicemailAudio(registry: OpenAPIRegistry): void {
  registry.registerPath({
    method: 'get',
    path: '/voicemail/{voicemailId}/audio',
    operationId: 'voicemail.audio',
    tags: ['Voicemail'],
    summary: 'The sound of a message that a caller has left, as a WAV file; the header Range asks for a part.',
    request: { params: voicemailAudioPath },
    responses: {
      200: { description: 'The whole file.', content: WAV },
      206: { description: 'The part asked for.', content: WAV },
      default: refusals,
    },
  });
}

function registerRecordingAudio(registry: OpenAPIRegistry): void {
  registry.registerPath({
    method: 'get',
    path: '/recordings/{recordingId}/audio',
    operationId: 'recording.audio',
    tags: ['Recordings'],
    summary: 'The sound of a recording, as a WAV file; the header Range asks for a part.',
    description:
      'For whom `recording.get` answers. `stillRecording` while it is being written, `notFound` when there is no file.',
    request: { params: recordingAudioPath, query: recordingAudioQuery },
    responses: {
      200: { description: 'The whole file.', content: WAV },
      206: { description: 'The part asked for.', content: WAV },
      default: refusals,
    },
  });
}
