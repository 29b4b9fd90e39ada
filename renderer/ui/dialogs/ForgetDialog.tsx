import { useEffect, useState } from 'react';
import type { ForgettingPlan, Result } from '#api';
import { forgetDocument, planForgetting } from '../../state/actions/forgetting';
import { reportError } from '../../state/actions/notices';
import { closeDialog } from '../../state/actions/view';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { countOf } from '../kit/format';
import './dialogs.css';

/** Forgets a document for good: lists first what goes and what stays, and asks. */
export function ForgetDialog({ documentId }: { documentId: string }) {
  const [planned, setPlanned] = useState<Result<ForgettingPlan>>();
  const [isSure, setSure] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    planForgetting(documentId)
      .then((result) => isCurrent && setPlanned(result))
      .catch(reportError);
    return () => {
      isCurrent = false;
    };
  }, [documentId]);
  const plan = planned?.ok ? planned.value : undefined;
  return (
    <Dialog
      title="Forget this document"
      description="Everything that Lectern keeps of it goes: from your notes, from old versions, and from every backup. This cannot be undone: nothing brings it back."
      foot={
        <>
          <Button onClick={closeDialog}>Keep it</Button>
          <Button
            kind="danger"
            disabled={!plan || !isSure}
            onClick={() => {
              closeDialog();
              if (plan) void forgetDocument(documentId, plan).catch(reportError);
            }}
          >
            Forget for good
          </Button>
        </>
      }
    >
      {!planned && <p>Looking for what is kept of it…</p>}
      {planned && !planned.ok && (
        <p className="field-problem" role="alert">
          {planned.failure.message}
        </p>
      )}
      {plan && (
        <>
          <p>
            <b dir="auto">{plan.title}</b>
          </p>
          <ul className="forget-list" aria-label="What goes">
            {whatGoes(plan).map((each) => (
              <li key={each} dir="auto">
                {each}
              </li>
            ))}
          </ul>
          {plan.filesStaying.map((file) => (
            <p key={file} className="forget-stays">
              The file <bdi dir="ltr">{file}</bdi> is yours and is not touched. It stays in the list, as a new document without notes.
            </p>
          ))}
          <p className="forget-stays">The names of its tags stay in your list of tags, and the log may still name its file.</p>
          {plan.unreadableBackups > 0 && (
            <p className="field-problem">
              {countOf(plan.unreadableBackups, 'backup')} cannot be read, so {plan.unreadableBackups === 1 ? 'it stays' : 'they stay'} as{' '}
              {plan.unreadableBackups === 1 ? 'it is' : 'they are'}.
            </p>
          )}
          <label className="forget-sure">
            <input type="checkbox" checked={isSure} onChange={({ target }) => setSure(target.checked)} />I know that this cannot be undone
          </label>
        </>
      )}
    </Dialog>
  );
}

function whatGoes(plan: ForgettingPlan): string[] {
  const { notes, words, deletedNotes, tags, texts, archivedVersions, backups, copies, quarantined, activities } = plan;
  const some = (count: number, sentence: string): string[] => (count > 0 ? [sentence] : []);
  return [
    `Its record: title, date, place, status, what lists and collections it is in${tags.length > 0 ? `, and the tags ${tags.join(', ')}` : ''}`,
    notes === 0 ? 'No notes: it has none' : `${countOf(notes, 'note')} with ${countOf(words, 'word')}, and their versions`,
    ...some(deletedNotes, `${countOf(deletedNotes, 'note')} in the trash`),
    ...some(archivedVersions, `${countOf(archivedVersions, 'old version')} of notes in the archive`),
    ...some(texts, `${countOf(texts, 'text')} that your notes were made on and no other document needs`),
    ...some(activities, `${countOf(activities, 'entry', 'entries')} of what changed`),
    ...some(quarantined, `${countOf(quarantined, 'copy', 'copies')} in the quarantine`),
    ...copies.map((name) => `The copy “${name}” in the library’s own folder`),
    'Its entry in the search index, and what is kept for opening it faster',
    backups === 0 ? 'No backup holds it' : `${countOf(backups, 'backup')} that hold${backups === 1 ? 's' : ''} it: written anew without it`,
  ];
}
