import path from 'node:path';
import type { Args, CoreMethodName, Returns } from '#api';
import { hostEnvironment } from '../../../electron/scripts/run-browser-host';
import { readAddress } from '../../app/fixtures/serve-host';
import { withHome } from '../../own-home';
import { createPoster } from './poster';
import { type MeasuredProcess, startMeasured } from './process';

/** The folders of one library, absolute. */
export interface Folders {
  data: string;
  library: string;
  /** Holds what the host keeps outside of its data folder. */
  home: string;
}

/** The browser host, as a reader starts it. */
export interface Host extends MeasuredProcess {
  /** Without the token. */
  address: string;
  /** What a window needs to be let in. */
  cookie: { name: string; value: string };
  /** ms from the start of the process to its address. */
  startedIn: number;
  /** Makes one call, as a window does. */
  call<M extends CoreMethodName>(method: M, args: Args<M>): Promise<Returns<M>>;
}

/** Starts the host on a library. Rejects with what it said where it does not come up. */
export async function startHost({ data, library, home }: Folders): Promise<Host> {
  const began = performance.now();
  const args = [path.resolve('.vite/build/serve.mjs'), '--data', data, '--library', library, '--port', '0'];
  const measured = startMeasured(args, hostEnvironment(withHome(home)));
  const { origin, hash } = new URL(await readAddress(measured.child));
  const startedIn = performance.now() - began;
  const poster = createPoster(origin);
  const client = crypto.randomUUID();
  const post = (place: string, content: unknown, headers: Record<string, string> = {}) =>
    poster.post(place, content, { Origin: origin, 'X-Lectern-Client': client, ...headers });
  const { cookies } = await post('/session', { token: hash.slice(1) }).catch(async (error: unknown) => {
    await measured.stop();
    throw error;
  });
  const pair = cookies[0]?.split(';')[0] ?? '';
  const [name = '', value = ''] = pair.split('=');
  return {
    ...measured,
    address: `${origin}/`,
    cookie: { name, value },
    startedIn,
    call: async (method, methodArgs) => JSON.parse((await post(`/api/${method}`, methodArgs, { Cookie: pair })).answer),
    async stop() {
      poster.close();
      await measured.stop();
    },
  };
}
