import { useEffect, useRef, useState } from 'react';
import type { NoteChoices } from '#api';
import { reportError } from '../../state/actions/notices';
import { afterSaving, askChoices, createRepeat } from '../../state/listed-notes';

/**
 * What the notes under a tag can be narrowed to, asked for once and again when `version` is another. `within` is that of the first drawing. `documentId`: the
 * document that is chosen, which is offered as long as it has notes.
 */
export function useNoteChoices(within: string | undefined, version: unknown, documentId?: string): NoteChoices | undefined {
  const [choices, setChoices] = useState<NoteChoices>();
  const chosen = useRef(documentId);
  useEffect(() => {
    chosen.current = documentId;
  }, [documentId]);
  const [refresh] = useState(() => {
    const ask = afterSaving(askChoices);
    return createRepeat(async () => setChoices(await ask(within, chosen.current)), reportError);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version asks again.
  useEffect(() => refresh(), [refresh, version]);
  return choices;
}
