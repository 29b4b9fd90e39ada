import type { App } from 'electron';
import { z } from 'zod';

/** What a second instance hands to the first: its own arguments may be changed on the way, this is not. */
const handedOverSchema = z.object({ files: z.array(z.string()), links: z.array(z.string()) });
export type HandedOver = z.infer<typeof handedOverSchema>;

/**
 * Takes the lock of the one instance on its data. A second one hands over what it was to open and gets `false`: it must end.
 * `onSecond` is told of the files (absolute paths) and links of later ones.
 */
export function setUpSingleInstance(
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
  { files, links }: HandedOver,
  onSecond: (handedOver: HandedOver) => void,
): boolean {
  if (!app.requestSingleInstanceLock({ files, links } satisfies HandedOver)) return false;
  app.on('second-instance', (_event, _argv, _folder, handedOver) => {
    const { data } = handedOverSchema.safeParse(handedOver);
    onSecond(data ?? { files: [], links: [] });
  });
  return true;
}
