import { type DocumentPicture, readerHandle } from '../reader-handle';
import { notify } from './notices';
import { showDialog } from './view';

/** Shows a picture of the document as large as the window. */
export const showPicture = (picture: DocumentPicture): void => showDialog({ type: 'picture', ...picture });

/** The first picture on the screen. */
export async function openPicture(): Promise<void> {
  const picture = await readerHandle()?.pictureInSight();
  if (picture) showPicture(picture);
  else notify('info', 'There is no picture on the screen.');
}
