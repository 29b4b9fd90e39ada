import { z } from 'zod';

/** What can go wrong in the ordinary course of things. Everything else throws and ends in the log. */
export const failureCodes = [
  'document-not-found',
  'document-unreadable',
  'document-empty',
  'document-binary',
  'document-too-large',
  'document-changed',
  'document-locked',
  'tag-not-movable',
  'folder-not-found',
  'folder-not-readable',
  'folder-already-added',
  'file-not-importable',
  'notebook-read-only',
  'notebook-quarantined',
  'problem-solved',
  'backup-unreadable',
  'data-folder-gone',
  'data-in-use',
  'disk-full',
  'disk-read-only',
  'write-failed',
  'write-not-verified',
  'text-hash-mismatch',
  'export-empty',
  'import-empty',
  'export-broken-off',
  'invalid-arguments',
  'cancelled',
  'not-opened',
] as const;

export const failureSchema = z.object({
  code: z.enum(failureCodes),
  /** One or two sentences for the reader: what happened, and what to do. */
  message: z.string(),
});

export type Failure = z.infer<typeof failureSchema>;
export type FailureCode = Failure['code'];

/** The outcome of a call that can fail in an expected way. */
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = (code: FailureCode, message: string): { ok: false; failure: Failure } => ({
  ok: false,
  failure: { code, message },
});

/** The schema of a `Result` whose value has the schema `value`. */
export const resultSchema = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), value }), z.object({ ok: z.literal(false), failure: failureSchema })]);
