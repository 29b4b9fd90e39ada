import type { EventPayload, ForgettingPlan, Result } from '#api';
import { call } from '../client';
import { saving } from '../notebook-sync';
import { getState } from '../store';
import { leaveDocument } from './documents';
import { notify } from './notices';

/** What would go with a document, and what would stay. What this window has not saved is saved first. */
export async function planForgetting(documentId: string): Promise<Result<ForgettingPlan>> {
  const unsaved = await saving.flush();
  return unsaved ? { ok: false, failure: unsaved } : call('forget.plan', { documentId });
}

/** Forgets a document for good. One of which no file is left is no longer on the screen then. */
export async function forgetDocument(documentId: string, { title, state, filesStaying }: ForgettingPlan): Promise<void> {
  const forgotten = await call('forget.apply', { documentId, state });
  if (!forgotten.ok) {
    notify('error', forgotten.failure.message);
    return;
  }
  if (filesStaying.length === 0) leaveDocument(documentId);
  const { unreadableBackups } = forgotten.value;
  const left = unreadableBackups === 1 ? 'One backup' : `${unreadableBackups} backups`;
  const rest = unreadableBackups === 0 ? '' : ` ${left} could not be read and may still hold it.`;
  notify('info', `“${title}” is forgotten.${filesStaying.length > 0 ? ' Its file was not touched, and is listed as new.' : ''}${rest}`);
}

/** Says that the document on the screen was forgotten in another window or on another machine, and leaves it where nothing of it is left. */
export function followForgotten({ documentId, isGone }: EventPayload<'notebook.forgotten'>): void {
  const { open, documents } = getState();
  if (open?.documentId !== documentId) return;
  const title = documents.get(documentId)?.title ?? 'This document';
  notify('info', `“${title}” was forgotten elsewhere, with all notes on it.${isGone ? '' : ' Its file was not touched.'}`);
  if (isGone) leaveDocument(documentId);
}
