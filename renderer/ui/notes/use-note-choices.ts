import { useEffect, useState } from 'react';
import type { NoteChoices } from '#api';
import { reportError } from '../../state/actions/notices';
import { afterSaving, askChoices, createRepeat } from '../../state/listed-notes';

/** What the notes under a tag can be narrowed to, asked for once and again when `version` is another. `within` is that of the first drawing. */
export function useNoteChoices(within: string | undefined, version: unknown): NoteChoices | undefined {
  const [choices, setChoices] = useState<NoteChoices>();
  const [refresh] = useState(() => {
    const ask = afterSaving(askChoices);
    return createRepeat(async () => setChoices(await ask(within)), reportError);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version asks again.
  useEffect(() => refresh(), [refresh, version]);
  return choices;
}
