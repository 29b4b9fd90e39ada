import { type FormEvent, useState } from 'react';
import { type ColourNames, colourNamesSchema } from '#api';
import { type Colour, colours } from '#model';
import { updateSettings } from '../../state/actions/settings';
import { closeDialog } from '../../state/actions/view';
import { getState } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { colourName } from '../notes/note-names';
import './dialogs.css';

/** UTF-16 code units of a name. */
const LONGEST = 40;

/** What the reader means by each colour. */
export function ColourNamesDialog() {
  const [names, setNames] = useState<ColourNames>(() => getState().settings.colourNames);
  const name = (colour: Colour, text: string) => setNames({ ...names, [colour]: text });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = colours.flatMap((colour) => {
      const text = names[colour]?.trim() ?? '';
      return text === '' ? [] : [[colour, text]];
    });
    updateSettings({ colourNames: colourNamesSchema.parse(Object.fromEntries(given)) });
    closeDialog();
  };
  return (
    <Dialog
      title="Names of the colours"
      description="What you mean by each colour, such as “claim” or “evidence”. Shown where a colour is chosen, and told in exports."
      width={440}
      foot={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button kind="primary" type="submit" form="colour-names">
            Keep
          </Button>
        </>
      }
    >
      <form id="colour-names" className="colour-names" onSubmit={submit}>
        {colours.map((colour) => (
          <ColourField key={colour} colour={colour} value={names[colour] ?? ''} onChange={(text) => name(colour, text)} />
        ))}
      </form>
    </Dialog>
  );
}

const ColourField = ({ colour, value, onChange }: { colour: Colour; value: string; onChange(text: string): void }) => (
  <>
    <label htmlFor={`colour-name-${colour}`}>
      <span className="dot" data-colour={colour} aria-hidden="true" />
      {colourName(colour)}
    </label>
    <input
      id={`colour-name-${colour}`}
      className="field"
      dir="auto"
      maxLength={LONGEST}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  </>
);
