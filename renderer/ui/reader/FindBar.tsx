import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { closeFind, setFindQuery, stepFind } from '../../state/actions/find';
import { useStore } from '../../state/store';
import { IconButton } from '../kit/Button';
import { formatNumber } from '../kit/format';
import { keyText } from '../kit/Keys';
import './find-bar.css';

/** Find in the document: all hits drawn and counted, Enter and Shift Enter go through them. */
export function FindBar() {
  const find = useStore((state) => state.find);
  const isOpen = find !== undefined;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isOpen) input.current?.select();
  }, [isOpen]);
  if (!find) return null;
  const close = () => {
    closeFind();
    document.querySelector<HTMLElement>('[data-pane="main"] [data-pane-entry]')?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') stepFind(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  };
  const count =
    find.query === '' ? '' : find.count === 0 ? 'Not found' : `${formatNumber(find.current + 1)} of ${formatNumber(find.count)}`;
  return (
    <search className="find-bar">
      <input
        ref={input}
        className="field"
        type="text"
        aria-label="Find in document"
        dir="auto"
        spellCheck={false}
        value={find.query}
        onChange={(event) => setFindQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span className="find-count" role="status">
        {count}
      </span>
      <IconButton label="Find previous" keys={keyText('find.previous')} disabled={find.count === 0} onClick={() => stepFind(-1)}>
        <ArrowUp />
      </IconButton>
      <IconButton label="Find next" keys={keyText('find.next')} disabled={find.count === 0} onClick={() => stepFind(1)}>
        <ArrowDown />
      </IconButton>
      <IconButton label="Close find" keys="Esc" onClick={close}>
        <X />
      </IconButton>
    </search>
  );
}
