import { useEffect, useState } from 'react';
import { type CommandId, commandIds, type DocumentSummary } from '#api';
import { reportError } from '../../state/actions/notices';
import { updateSettings } from '../../state/actions/settings';
import { call } from '../../state/client';
import { isEnabled } from '../../state/commands';
import { getState } from '../../state/store';

const DOCUMENTS_SHOWN = 6;
const COMMANDS_KEPT = 8;

/**
 * The documents that were opened in this window and before that read anywhere, the last one first, but for the one that is open; `undefined` until
 * they are known.
 */
export function useRecentDocuments(): readonly DocumentSummary[] | undefined {
  const [documents, setDocuments] = useState<readonly DocumentSummary[]>();
  useEffect(() => {
    let isGone = false;
    const read = async () => {
      const query = { sort: 'last-read', ascending: false } as const;
      const { view, open, jumps } = getState();
      const shown = view.type === 'document' ? open?.documentId : undefined;
      const opened = jumps.back.flatMap(({ documentId }) => documentId ?? []).toReversed();
      const page = await call('library.documents', { query, from: 0, count: DOCUMENTS_SHOWN + 1, locate: [...new Set(opened)] });
      const rows = new Map([...page.located, ...page.rows].map((row) => [row.id, row]));
      const read = page.rows.filter(({ lastReadAt }) => lastReadAt !== undefined).map(({ id }) => id);
      const ids = [...new Set([...opened, ...read])].filter((id) => id !== shown);
      if (!isGone) setDocuments(ids.flatMap((id) => rows.get(id) ?? []).slice(0, DOCUMENTS_SHOWN));
    };
    read().catch((error: unknown) => {
      reportError(error);
      if (!isGone) setDocuments([]);
    });
    return () => {
      isGone = true;
    };
  }, []);
  return documents;
}

/** The commands that were chosen last and can be run now. */
export function recentCommands(): CommandId[] {
  const state = getState();
  return state.settings.recentCommands.flatMap((name) => commandIds.filter((id) => id === name && isEnabled(id, state)));
}

export function rememberCommand(id: CommandId): void {
  const others = getState().settings.recentCommands.filter((each) => each !== id);
  updateSettings({ recentCommands: [id, ...others].slice(0, COMMANDS_KEPT) });
}
