import { type Args, type Bridge, fail, type ImportOutcome, type MethodName, type Returns } from '../../electron/api';
import { browserShell } from './browser-shell';
import { openEventSource } from './event-source';
import { createPost, openSession, type Post } from './requests';

/** Bytes; what the server takes at once, less a third for base64. */
const LARGEST_FILE = 149 * 1_048_576;

/** The bridge to the browser host: calls by POST, events by server-sent events. Resolves when events arrive. */
export async function connectHttp(): Promise<Bridge> {
  await openSession();
  const client = crypto.randomUUID();
  const post = createPost(client);
  const { on } = await openEventSource(client);
  const answers: { [M in MethodName]?: (args: Args<M>) => Promise<Returns<M>> } = {
    ...browserShell,
    'library.import': ({ files }) => importEach(post, files),
  };
  return {
    on,
    call<M extends MethodName>(method: M, args: Args<M>): Promise<Returns<M>> {
      const answer = answers[method];
      return answer ? answer(args) : post(method, args);
    },
  };
}

/** One call for each file, so that one that is too large keeps no other out. */
async function importEach(post: Post, files: Args<'library.import'>['files']): Promise<ImportOutcome[]> {
  const outcomes: ImportOutcome[] = [];
  for (const file of files) {
    if (file.bytes.length > LARGEST_FILE) outcomes.push({ name: file.name, ...tooLarge });
    else outcomes.push(...(await post('library.import', { files: [file] })));
  }
  return outcomes;
}

const { failure } = fail(
  'document-too-large',
  'This file is too large to be handed over by the browser. Copy it into a library folder: it is read from there.',
);
const tooLarge = { failure };
