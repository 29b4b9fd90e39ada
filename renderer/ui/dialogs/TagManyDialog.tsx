import { type FormEvent, useId, useRef, useState } from 'react';
import { tagMany } from '../../state/actions/choosing';
import { reportError } from '../../state/actions/notices';
import { closeDialog } from '../../state/actions/view';
import type { TagManyTarget } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { countOf } from '../kit/format';
import { TagField } from '../kit/TagField';
import './tag-dialogs.css';

/** Puts tags on many documents or notes, and takes others off. */
export function TagManyDialog({ target }: { target: TagManyTarget }) {
  const [add, setAdd] = useState<readonly string[]>([]);
  const [remove, setRemove] = useState<readonly string[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const what = target.type === 'documents' ? countOf(target.documentIds.length, 'document') : countOf(target.notes.size, 'note');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    closeDialog();
    void tagMany(target, { add, remove }).catch(reportError);
  };
  return (
    <Dialog
      title={`Tag ${what}`}
      description="Each keeps the other tags that it has. It can be undone as one step."
      foot={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button kind="primary" type="submit" form={id} disabled={add.length + remove.length === 0}>
            Tag
          </Button>
        </>
      }
    >
      <form id={id} className="tag-move" onSubmit={submit}>
        <div className="tag-many">
          <span aria-hidden="true">Put on</span>
          <TagField label="Put on" look="field" placeholder="Add tag" autoFocus inputRef={input} tags={add} onChange={setAdd} />
        </div>
        <div className="tag-many">
          <span aria-hidden="true">Take off</span>
          <TagField label="Take off" look="field" placeholder="Add tag" tags={remove} onChange={setRemove} />
        </div>
      </form>
    </Dialog>
  );
}
