import { type ExportForm, exportAddress, fail, ok, type Result } from '#api';

/** What is being received. */
const receiving = new Map<string, AbortController>();

/** Receives an export from the host while it is made. The browser keeps the bytes, beyond the window's memory. */
export async function receiveExport(exportId: string, form: ExportForm): Promise<Result<Blob>> {
  const abort = new AbortController();
  receiving.set(exportId, abort);
  try {
    const response = await fetch(exportAddress(exportId, form), { signal: abort.signal });
    if (!response.ok) return fail('export-broken-off', 'This export is not there any more. Export again.');
    return ok(await response.blob());
  } catch {
    if (abort.signal.aborted) return fail('cancelled', 'The export was cancelled. Nothing of it was kept.');
    return fail(
      'export-broken-off',
      'The export broke off before its end, and nothing of it was kept. Your notes are as they were. Export again.',
    );
  } finally {
    receiving.delete(exportId);
  }
}

/** Ends the receiving of an export; the host then stops making it. */
export function cancelExport(exportId: string): null {
  receiving.get(exportId)?.abort();
  return null;
}
