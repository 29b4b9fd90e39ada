import { useId, useState } from 'react';

interface WhoseNotesProps {
  /** The other person's name; empty for the reader's own notes. */
  person: string;
  onChange(person: string): void;
  /** Told that a name is wanted and not there yet. */
  onWanting(isWanting: boolean): void;
}

/** Asks whether notes are the reader's own, or whose else. */
export function WhoseNotes({ person, onChange, onWanting }: WhoseNotesProps) {
  const [isOther, setIsOther] = useState(person !== '');
  const [name, setName] = useState(person);
  const id = useId();
  const choose = (other: boolean) => {
    setIsOther(other);
    onWanting(other && name.trim() === '');
    if (!other && person !== '') onChange('');
    if (other && name.trim() !== '') onChange(name.trim());
  };
  const commit = () => {
    if (name.trim() !== person) onChange(name.trim());
    onWanting(name.trim() === '');
  };
  return (
    <fieldset className="import-person">
      <legend>Whose notes are these?</legend>
      <label>
        <input type="radio" name={id} checked={!isOther} onChange={() => choose(false)} />
        Mine
      </label>
      <label>
        <input type="radio" name={id} checked={isOther} onChange={() => choose(true)} />
        Another person’s
      </label>
      {isOther && (
        <input
          type="text"
          className="field"
          aria-label="Name of the other person"
          placeholder="Name"
          dir="auto"
          maxLength={200}
          value={name}
          onChange={({ target }) => {
            setName(target.value);
            onWanting(target.value.trim() === '' || target.value.trim() !== person);
          }}
          onBlur={commit}
          onKeyDown={({ key }) => key === 'Enter' && commit()}
        />
      )}
    </fieldset>
  );
}
