import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** Sends JSON over one connection that is kept open. */
export interface Poster {
  /** The answer, and the cookies that came with it. Rejects where the server refuses. */
  post(place: string, content: unknown, headers?: Record<string, string>): Promise<{ answer: string; cookies: readonly string[] }>;
  close(): void;
}

export function createPoster(origin: string): Poster {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    async post(place, content, headers = {}) {
      const body = JSON.stringify(content);
      const given = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), ...headers };
      const response = await answerTo(() => request(origin + place, { method: 'POST', agent, headers: given }), body);
      const answer = await text(response);
      if ((response.statusCode ?? 500) >= 300) throw new Error(`${place} was answered with ${response.statusCode}: ${answer}`);
      return { answer, cookies: response.headers['set-cookie'] ?? [] };
    },
    close: () => agent.destroy(),
  };
}

/** Sends once more what came over a connection that the server had closed meanwhile, since it had rested too long. */
async function answerTo(open: () => ClientRequest, body: string): Promise<IncomingMessage> {
  const sent = open();
  try {
    return await new Promise<IncomingMessage>((resolve, reject) => {
      sent.once('response', resolve);
      sent.once('error', reject);
      sent.end(body);
    });
  } catch (error) {
    if (sent.reusedSocket && error instanceof Error && 'code' in error && error.code === 'ECONNRESET') return answerTo(open, body);
    throw error;
  }
}
