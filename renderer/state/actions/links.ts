import { call } from '../client';
import { getState } from '../store';
import { notifyFailure } from './notices';
import { showDialog } from './view';

/** Opens an address outside once the reader has said so: asked by the host where it can, else by the window. */
export async function followExternal(url: string): Promise<void> {
  if (getState().info.capabilities.linkDialog) await openExternal(url);
  else showDialog({ type: 'link', url });
}

export async function openExternal(url: string): Promise<void> {
  const result = await call('shell.open-external', { url });
  if (!result.ok) notifyFailure(result.failure);
}
