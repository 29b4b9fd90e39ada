/** The system's error code (`ENOSPC`, `EROFS`…) of a failed call; `undefined` for anything else, which is a bug. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && 'syscall' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** For listing what is gone by now, or was never made: nothing. Throws any other error again. */
export function ignoreMissing(error: unknown): [] {
  if (systemCode(error) === 'ENOENT') return [];
  throw error;
}
