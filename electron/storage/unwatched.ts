import { systemCode } from './errno';

/** What the system has no more of: watches (ENOSPC of inotify), or open watchers and files (EMFILE). */
export type Exhausted = 'ENOSPC' | 'EMFILE';

/** ms between two looks at what cannot be watched. */
export const LOOK_EVERY = 60_000;

/** What there is no more of, when that is why something could not be watched. */
export function exhaustedBy(error: unknown): Exhausted | undefined {
  const code = systemCode(error);
  return code === 'ENOSPC' || code === 'EMFILE' ? code : undefined;
}

const LINUX_SETTINGS: Readonly<Record<Exhausted, string>> = {
  ENOSPC: 'fs.inotify.max_user_watches',
  EMFILE: 'fs.inotify.max_user_instances',
};

/** What the reader is told of `what` that cannot be watched. */
export function describeUnwatched(what: string, by: Exhausted): string {
  const setting = process.platform === 'linux' ? `, or raise the system’s setting ${LINUX_SETTINGS[by]}` : '';
  return `${what} cannot be watched for changes, since other programs use all that the system has for it. Lectern looks there about once a minute instead, so changes show later. Close programs that watch many files${setting}; Lectern then watches again by itself.`;
}
