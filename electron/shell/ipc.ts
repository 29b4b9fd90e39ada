import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import { z } from 'zod';
import {
  type Handlers,
  type MethodName,
  methods,
  type ParsedArgs,
  type Returns,
  type ShellMethodName,
  shellMethods,
  type UploadName,
  uploadedNameSchema,
  uploads,
} from '#api';
import { type Core, InvalidArguments } from '../core';
import type { Log } from '../log';
import { fileAt } from './read-files';
import { isOwnUrl } from './scheme';

/** The name of a window as a client of the core, its own as long as it lives. */
export const clientOf = ({ id }: Pick<WebContents, 'id'>): string => `window-${id}`;

interface IpcOptions {
  /** The window's page; `undefined` while there is none. */
  page(): WebContents | undefined;
  core: Pick<Core, 'handle' | 'uploads'>;
  shell: Handlers<ShellMethodName>;
  /** Told of every call that was let in, after it was answered. */
  onCall(method: MethodName): void;
  log: Log;
}

/** A file that the page hands over: where it lies, or its bytes when it lies nowhere. */
const handedOverSchema = z
  .object({ name: uploadedNameSchema })
  .and(z.union([z.object({ path: z.string().min(1) }), z.object({ bytes: z.instanceof(Uint8Array) })]));

/** Answers the page's calls. A call from anywhere else, or of anything that is not in the contract, is refused. */
export function setUpIpc({ page, core, shell, onCall, log }: IpcOptions): void {
  const admit = (event: IpcMainInvokeEvent) => {
    if (isFromPage(event, page())) return;
    log.warn('A call from outside the page was refused');
    throw new Error('Only the page of Lectern may call.');
  };
  ipcMain.handle('call', async (event, method: unknown, args: unknown) => {
    admit(event);
    if (!isMethod(method)) throw new Error('There is no such method.');
    const answer = isShellMethod(method) ? await callShell(shell, method, args) : await core.handle(method, args, clientOf(event.sender));
    onCall(method);
    return answer;
  });
  ipcMain.handle('upload', async (event, upload: unknown, file: unknown) => {
    admit(event);
    if (!isUpload(upload)) throw new Error('There is no such upload.');
    const { success, data, error } = handedOverSchema.safeParse(file);
    if (!success) throw new InvalidArguments(`${upload}: ${z.prettifyError(error)}`);
    if ('bytes' in data) return core.uploads[upload]({ name: data.name, size: data.bytes.length, chunks: [data.bytes] });
    return core.uploads[upload](await fileAt(data.path));
  });
}

/**
 * Takes away the channel by which electron-store tells any page, whoever asks, where Electron keeps its data: the page has the
 * contract and nothing else. electron-store opens it with its first store, once.
 */
export function closeStoreChannel(): void {
  ipcMain.removeAllListeners('electron-store-get-data');
}

/** Whether the main frame of the window itself calls, and shows the application's own page. */
function isFromPage({ sender, senderFrame }: IpcMainInvokeEvent, page: WebContents | undefined): boolean {
  if (!page || sender !== page || !senderFrame || senderFrame.parent !== null) return false;
  return isOwnUrl(senderFrame.url);
}

const isMethod = (method: unknown): method is MethodName => typeof method === 'string' && Object.hasOwn(methods, method);

const isUpload = (upload: unknown): upload is UploadName => typeof upload === 'string' && Object.hasOwn(uploads, upload);

const isShellMethod = (method: MethodName): method is ShellMethodName => Object.hasOwn(shellMethods, method);

async function callShell<M extends ShellMethodName>(handlers: Handlers<ShellMethodName>, method: M, args: unknown): Promise<Returns<M>> {
  const parsed = shellMethods[method].args.safeParse(args);
  if (!parsed.success) throw new InvalidArguments(`${method}: ${z.prettifyError(parsed.error)}`);
  return handlers[method](parsed.data as ParsedArgs<M>);
}
