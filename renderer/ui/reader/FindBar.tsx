import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { closeFind, setFindQuery, stepFind } from '../../state/actions/find';
import { type FindState, useStore } from '../../state/store';
import { IconButton } from '../kit/Button';
import { formatNumber } from '../kit/format';
import { keyText } from '../kit/Keys';
import './find-bar.css';

/** Find in the document: all hits drawn and counted, Enter and Shift Enter go through them. */
export function FindBar() {
  const find = useStore((state) => state.find);
  const isOpen = find !== undefined;
  const isWhole = useStore(({ open }) => open?.textHash !== undefined || open?.phase === 'failed');
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
        {countText(find, isWhole)}
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

/** Which hit of how many; while the text is still coming, nothing is not found yet. */
function countText({ query, count, current, hasMore }: FindState, isWhole: boolean): string {
  if (query.trim() === '') return '';
  if (count === 0) return isWhole ? 'Not found' : 'Searching…';
  const all = `${formatNumber(count)}${hasMore ? '+' : ''}`;
  return current < 0 ? `${all} found` : `${formatNumber(current + 1)} of ${all}`;
}
