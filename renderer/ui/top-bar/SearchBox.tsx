import { Search } from 'lucide-react';
import { type ChangeEvent, type KeyboardEvent, useState } from 'react';
import { showDialog } from '../../state/actions/view';
import { useStore } from '../../state/store';
import { Keys } from '../kit/Keys';

/** The box in the bar that opens the palette, and hands over what was typed. Tab alone only passes through it. */
export function SearchBox() {
  const isOpen = useStore((state) => state.dialog?.type === 'palette');
  // Only what an input method is still composing stays here: the palette would end the composition.
  const [composing, setComposing] = useState('');
  const openPalette = (query: string) => {
    setComposing('');
    showDialog({ type: 'palette', query });
  };
  const handleChange = (event: ChangeEvent<HTMLInputElement>) => {
    const { nativeEvent, target } = event;
    if (nativeEvent instanceof InputEvent && nativeEvent.isComposing) setComposing(target.value);
    else openPalette(target.value);
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    const { isComposing, ctrlKey, metaKey, altKey } = event.nativeEvent;
    if (isComposing || ctrlKey || metaKey || altKey) return;
    if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    openPalette('');
  };
  return (
    <div className="search-box">
      <Search aria-hidden="true" />
      <input
        type="text"
        role="combobox"
        aria-label="Search"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        placeholder="Search text, notes and tags, or run a command"
        autoComplete="off"
        spellCheck={false}
        data-pane-entry
        value={composing}
        onChange={handleChange}
        onCompositionEnd={(event) => event.currentTarget.value !== '' && openPalette(event.currentTarget.value)}
        onClick={() => openPalette('')}
        onKeyDown={handleKeyDown}
      />
      <Keys command="go.search" />
    </div>
  );
}
