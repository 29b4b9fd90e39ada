import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { type ExportForm, exportForms, type Failure, shellMethods, type UploadName, uploadedNameSchema, uploads } from '#api';
import type { Clients } from '../clients';
import { bytesOf, type Core, InvalidArguments, isCoreMethod, releasePieces } from '../core';
import type { Log } from '../log';
import type { Site } from '../site';
import { closedPolicy, commonHeaders } from '../site/security';
import { BodyTooLarge, chunksOf, isAborted, readJson, receiveRest } from './body';
import { createEventStreams } from './event-streams';
import { type BodyType, createGate, type Gate, notAdmitted } from './gate';
import { createSessions } from './sessions';

// Imported into a module, all of its exports are looked at, which loads what its WebSocket needs: 30 ms of each start.
const { createServer } = process.getBuiltinModule('node:http');

export interface Server {
  /** With the token in its fragment. */
  address: string;
  /** Resolves when a browser has opened the address. */
  opened: Promise<void>;
  /** Asks every page that is connected to save; resolves when all have answered, or after `limit` ms. */
  flushPages(limit: number): Promise<void>;
  /** Tells every page to load itself anew. */
  reloadPages(): void;
  close(): Promise<void>;
}

/** Bytes; the text of the largest document fits, with what JSON adds to it. */
const BODY_LIMIT = 200 * 1_048_576;

/** Bytes of a document that are read before they can be sent. */
const AHEAD = 64 * 1024;

const sessionArgs = z.object({ token: z.string().optional() });

const clientPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface ServerOptions {
  /** Until it is opened, calls wait for it; the page itself comes meanwhile. */
  core: Core | Promise<Core>;
  /** Answers calls, where it is not the core itself: it may answer some before that is opened. */
  handle?: Core['handle'];
  clients: Clients;
  site: Site;
  /** 0 lets the system choose; absent for the usual one where that is free, else any. */
  port?: number;
  log: Log;
}

/**
 * The port where readers find Lectern again after a restart, so that open pages go on and bookmarks stay true. It lies below
 * those that systems give away by themselves.
 */
export const USUAL_PORT = 25_327;

/** Starts the browser host's HTTP server, on loopback only. Rejects with Node's error when the port that was asked for is taken. */
export async function startServer({ core, handle, clients, site, port, log }: ServerOptions): Promise<Server> {
  const sessions = createSessions();
  const streams = createEventStreams(clients);
  const flushes = new Set<(client: string, failure: Failure | undefined) => void>();
  const opened = Promise.withResolvers<void>();
  const http = createServer();
  if (port !== undefined) await listen(http, port);
  else await listen(http, USUAL_PORT).catch(() => listen(http, 0));
  const actualPort = (http.address() as AddressInfo).port;
  const gate = createGate(actualPort, sessions);

  const openSession = async (request: IncomingMessage, response: ServerResponse) => {
    const { token = '' } = checked(sessionArgs.safeParse(await readJson(request, 1_000)));
    if (gate.hasSession(request)) return send(response, 204, '');
    const session = sessions.exchange(token);
    if (session === undefined) return refuse(response, 401, token ? usedToken : notAdmitted);
    opened.resolve();
    response.setHeader('Set-Cookie', gate.cookieFor(session));
    send(response, 204, '');
  };

  const answerCall = async (request: IncomingMessage, response: ServerResponse, method: string) => {
    const client = clientOf(request.headers['x-lectern-client']);
    if (client === undefined) return refuse(response, 400, 'A call names the page that makes it.');
    if (method === 'shell.flushed') {
      const { failure } = checked(shellMethods[method].args.safeParse(await readJson(request, 100_000)));
      for (const flush of flushes) flush(client, failure);
      return answer(response, null);
    }
    if (!isCoreMethod(method)) return refuse(response, 404, `There is no method ${method}.`);
    const args = await readJson(request, BODY_LIMIT);
    answer(response, await (handle ?? (await core).handle)(method, args, client));
  };

  const takeUpload = async (request: IncomingMessage, response: ServerResponse, upload: string, query: URLSearchParams) => {
    if (!isUpload(upload)) return refuse(response, 404, `There is no upload ${upload}.`);
    const name = checked(uploadedNameSchema.safeParse(query.get('name')));
    const length = request.headers['content-length'];
    const { uploads: takers } = await core;
    const taken = await takers[upload]({ name, size: length === undefined ? undefined : Number(length), chunks: chunksOf(request) });
    await receiveRest(request);
    answer(response, taken);
  };

  const sendExport = async (response: ServerResponse, exportId: string, form: string | null) => {
    const taken = isExportForm(form) ? (await core).exports.take(exportId) : undefined;
    if (!taken || !isExportForm(form)) return refuse(response, 404, 'This export is not there any more. Export again.');
    // Never shown as a page of this origin: it is the reader's words in whatever form.
    response.writeHead(200, { ...apiHeaders, 'Content-Type': 'application/octet-stream', 'Content-Disposition': 'attachment' });
    const { socket } = response;
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      // One is awaited until it is sent, and not read ahead, so that its memory can be given back.
      for await (const bytes of bytesOf(releasePieces(taken.stream(form, gone.signal)))) await sendPiece(bytes, response);
      response.end();
    } catch (error) {
      // Who asked went away: what was under way to them then fails in one way or another.
      if (!socket?.destroyed) throw error;
    }
  };

  const openStream = (request: IncomingMessage, response: ServerResponse, query: URLSearchParams) => {
    const client = clientOf(query.get('client') ?? undefined);
    if (client === undefined) return refuse(response, 400, 'A page that listens names itself.');
    response.writeHead(200, { ...apiHeaders, 'Content-Type': 'text/event-stream' });
    const lastEventId = request.headers['last-event-id'];
    streams.open(client, typeof lastEventId === 'string' ? lastEventId : undefined, response);
  };

  const route = async (request: IncomingMessage, response: ServerResponse) => {
    const method = request.method ?? '';
    const [urlPath = '', query] = (request.url ?? '').split('?', 2);
    const area = areaOf(urlPath, site);
    const refusal = gate.refuseHost(request) ?? refuseBy(gate, request, area);
    if (refusal) return refuse(response, refusal.status, refusal.message);
    const expected = methodsOf(area);
    if (!expected.includes(method)) {
      response.setHeader('Allow', expected.join(', '));
      return refuse(response, 405, `Only ${expected.join(' and ')} is answered here.`);
    }
    if (area === 'session') return openSession(request, response);
    if (area === 'api') return answerCall(request, response, urlPath.slice('/api/'.length));
    if (area === 'upload') return takeUpload(request, response, urlPath.slice('/upload/'.length), new URLSearchParams(query));
    if (area === 'events') return openStream(request, response, new URLSearchParams(query));
    if (area === 'export') return sendExport(response, urlPath.slice('/export/'.length), new URLSearchParams(query).get('as'));
    const { status, headers, body } = await site.respond({ method, path: urlPath, query, range: request.headers.range });
    response.writeHead(status, headers);
    if (typeof body === 'string' || body instanceof Uint8Array) response.end(body);
    // A page that goes away in the midst ends what it was sent: the pipeline calls `return`.
    else await pipeline(Readable.from(body, { objectMode: false, highWaterMark: AHEAD }), response);
  };

  http.on('request', (request, response) => {
    route(request, response).catch((error: unknown) => {
      if (isAborted(request, response, error)) return;
      const [status, message] = explain(error);
      if (status === 500) log.error(`${request.method} ${request.url?.split('?')[0]} failed`, error);
      if (response.headersSent) response.destroy();
      else refuse(response, status, message);
    });
  });

  return {
    address: `http://127.0.0.1:${actualPort}/#${sessions.token}`,
    opened: opened.promise,
    flushPages(limit) {
      const waiting = new Set(streams.clients());
      if (waiting.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          flushes.delete(answered);
          resolve();
        };
        const answered = (client: string, failure: Failure | undefined) => {
          if (failure) log.error('A page could not save everything before the end', failure.message);
          waiting.delete(client);
          if (waiting.size === 0) end();
        };
        const timer = setTimeout(() => {
          log.warn(`${waiting.size} open pages did not say that everything is saved`);
          end();
        }, limit);
        flushes.add(answered);
        clients.emit('app.flush', {});
      });
    },
    reloadPages: () => streams.reload(),
    async close() {
      streams.close();
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeAllConnections();
      await closed;
    },
  };
}

/** Resolves when the bytes are with the system. */
const sendPiece = (bytes: Uint8Array, response: ServerResponse): Promise<void> =>
  new Promise((resolve, reject) => response.write(bytes, (error) => (error ? reject(error) : resolve())));

function listen(http: HttpServer, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', () => {
      http.off('error', reject);
      resolve();
    });
  });
}

type Area = 'session' | 'api' | 'upload' | 'events' | 'export' | 'bundle' | 'library';

function areaOf(urlPath: string, site: Pick<Site, 'isBundled'>): Area {
  if (urlPath === '/session' || urlPath === '/events') return urlPath === '/session' ? 'session' : 'events';
  if (urlPath.startsWith('/api/')) return 'api';
  if (urlPath.startsWith('/upload/')) return 'upload';
  if (urlPath.startsWith('/export/')) return 'export';
  return site.isBundled(urlPath) ? 'bundle' : 'library';
}

function methodsOf(area: Area): string[] {
  if (area === 'session' || area === 'api' || area === 'upload') return ['POST'];
  return area === 'events' || area === 'export' ? ['GET'] : ['GET', 'HEAD'];
}

/** The page and its bundle hold nothing of the reader's and are for anyone; all else is checked, whatever it is. */
function refuseBy(gate: Gate, request: IncomingMessage, area: Area) {
  switch (area) {
    case 'session':
      return gate.refuseSender(request, 'application/json');
    case 'api':
    case 'upload':
      return gate.refuseStranger(request) ?? gate.refuseSender(request, bodyTypes[area]);
    case 'events':
    case 'library':
    case 'export':
      return gate.refuseStranger(request);
    case 'bundle':
      return undefined;
  }
}

const bodyTypes = { api: 'application/json', upload: 'application/octet-stream' } as const satisfies Record<string, BodyType>;

const usedToken =
  'This address was already opened in another browser, or Lectern was started anew since. Stop Lectern, start it again, and open the address that it prints.';

const apiHeaders = { ...commonHeaders, 'Content-Security-Policy': closedPolicy, 'Cache-Control': 'no-store' };

const send = (response: ServerResponse, status: number, body: string): void => {
  response.writeHead(status, { ...apiHeaders, 'Content-Type': 'application/json' }).end(body);
};

const answer = (response: ServerResponse, value: unknown): void => send(response, 200, JSON.stringify(value));

const refuse = (response: ServerResponse, status: number, message: string): void => send(response, status, JSON.stringify({ message }));

const isExportForm = (form: string | null): form is ExportForm => exportForms.some((each) => each === form);

const isUpload = (name: string): name is UploadName => Object.hasOwn(uploads, name);

/** What a schema made of what was sent. Throws `InvalidArguments` when it is not what the schema says. */
function checked<T>(parsed: z.ZodSafeParseResult<T>): T {
  if (!parsed.success) throw new InvalidArguments(z.prettifyError(parsed.error));
  return parsed.data;
}

const clientOf = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' && clientPattern.test(value) ? value : undefined;

function explain(error: unknown): [status: number, message: string] {
  if (error instanceof BodyTooLarge) return [413, error.message];
  if (error instanceof InvalidArguments) return [400, error.message];
  return [500, 'Something went wrong inside Lectern; its log says what.'];
}
