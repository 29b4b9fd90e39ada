import type { Session } from 'electron';
import type { Log } from '../log';
import type { Site, SiteResponse } from '../site';
import { isOwnUrl, scheme } from './scheme';

const plain = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Security-Policy': "default-src 'none'" };

/** Serves the page by the application's own scheme; there is no host in it but `app`. */
export function setUpProtocol({ protocol }: Pick<Session, 'protocol'>, site: Pick<Site, 'respond'>, log: Log): void {
  protocol.handle(scheme, async (request) => {
    if (!isOwnUrl(request.url)) return new Response('There is nothing here.\n', { status: 404, headers: plain });
    try {
      const { pathname, search } = new URL(request.url);
      const range = request.headers.get('Range') ?? undefined;
      const { status, headers, body } = await site.respond({ method: request.method, path: pathname, query: search.slice(1), range });
      return new Response(bodyOf(body), { status, headers });
    } catch (error) {
      log.error('A request of the page failed', error);
      return new Response('This could not be read.\n', { status: 500, headers: plain });
    }
  });
}

/** Electron takes a stream as fast as the page does, and cancels it when the page does not wait for it any more. */
function bodyOf(body: SiteResponse['body']): string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> {
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return new Uint8Array(body);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await body.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await body.return?.();
    },
  });
}
