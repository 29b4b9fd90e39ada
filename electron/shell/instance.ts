import type { App } from 'electron';
import { z } from 'zod';

/** What a second instance hands to the first: its own arguments may be changed on the way, this is not. */
const handedOverSchema = z.object({ files: z.array(z.string()) });

/**
 * Takes the lock of the one instance on its data. A second one hands its files over and gets `false`: it must end.
 * `onSecond` is told of the files (absolute paths) of later ones.
 */
export function setUpSingleInstance(
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
  files: readonly string[],
  onSecond: (files: readonly string[]) => void,
): boolean {
  if (!app.requestSingleInstanceLock({ files: [...files] })) return false;
  app.on('second-instance', (_event, _argv, _folder, handedOver) => {
    const { data } = handedOverSchema.safeParse(handedOver);
    onSecond(data?.files ?? []);
  });
  return true;
}
