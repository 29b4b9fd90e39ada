import { X } from 'lucide-react';
import { type FormEvent, useId, useMemo, useRef, useState } from 'react';
import { moveObstacle, normalizeTagName, tagKey } from '#model';
import { applyBulkEdit } from '../../state/actions/bulk';
import { removeAlias } from '../../state/actions/notes';
import { reportError } from '../../state/actions/notices';
import { closeDialog, showDialog } from '../../state/actions/view';
import { useStore } from '../../state/store';
import { Button, IconButton } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { TagNameField } from '../kit/TagNameField';
import './dialogs.css';
import './tag-dialogs.css';

/** The other names of a tag: whoever writes one of them gets the tag. */
export function TagAliasesDialog({ tag }: { tag: string }) {
  const tags = useStore((state) => state.tags);
  const uses = useStore((state) => state.tagUses);
  const aliases = useMemo(
    () => [...tags.values()].filter(({ isAlias, movedTo }) => isAlias && typeof movedTo === 'string' && tagKey(movedTo) === tagKey(tag)),
    [tags, tag],
  );
  const [written, setWritten] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const name = normalizeTagName(written);
  const obstacle = name === '' ? undefined : moveObstacle({ from: name, to: tag });
  const isUsed = uses.has(tagKey(name));

  const add = (event: FormEvent) => {
    event.preventDefault();
    if (name === '' || obstacle !== undefined) return;
    // What carries it by now becomes this tag: that is listed first.
    if (isUsed) {
      showDialog({ type: 'tag-move', task: 'merge', tag: name, to: tag });
      return;
    }
    setWritten('');
    void applyBulkEdit({ type: 'move-tags', moves: [{ from: name, to: tag, isAlias: true }] }, 'Add another name of a tag').catch(
      reportError,
    );
    input.current?.focus();
  };

  return (
    <Dialog
      title={`Other names of the tag “${tag}”`}
      description="Whoever writes one of these gets the tag, and so does what comes in with one."
      foot={
        <>
          <Button onClick={closeDialog}>Close</Button>
          <Button kind="primary" type="submit" form={id} disabled={name === '' || obstacle !== undefined}>
            {isUsed ? 'Merge…' : 'Add'}
          </Button>
        </>
      }
    >
      <form id={id} className="tag-move" onSubmit={add}>
        <div className="tag-move-name">
          <label htmlFor={`${id}-name`}>Another name</label>
          <TagNameField id={`${id}-name`} inputRef={input} value={written} onChange={setWritten} />
        </div>
        <div role="status">
          {obstacle !== undefined && <p className="field-problem">{obstacle}</p>}
          {isUsed && obstacle === undefined && <p>“{name}” is a tag that is in use: merge it into this one.</p>}
        </div>
      </form>
      {aliases.length > 0 ? (
        <ul className="tag-names" aria-label="Other names">
          {aliases.map((alias) => (
            <li key={alias.name}>
              <span dir="auto">{alias.name}</span>
              <IconButton
                label={`Remove the name ${alias.name}`}
                small
                onClick={() => {
                  removeAlias(alias.name);
                  input.current?.focus();
                }}
              >
                <X />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : (
        <p className="tag-move-more">It has no other name.</p>
      )}
    </Dialog>
  );
}
