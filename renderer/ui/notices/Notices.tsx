import { CircleAlert, X } from 'lucide-react';
import { type FocusEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { stepPane } from '../../state/actions/focus';
import { dismissNotice } from '../../state/actions/notices';
import { type Notice, useStore } from '../../state/store';
import { Button, IconButton } from '../kit/Button';
import { useMedia } from '../kit/use-media';
import './notices.css';
import { BulkProgress } from './BulkProgress';
import { ExportProgress } from './ExportProgress';
import { ImportProgress } from './ImportProgress';
import { Problems } from './Problems';
import { useFreeEnd } from './use-free-end';

/** Short messages at the foot of the window and what is wrong with the data above. None of them takes the focus. */
export function Notices() {
  const notices = useStore((state) => state.notices);
  const stack = useRef<HTMLElement>(null);
  const cameFrom = useRef<HTMLElement>(undefined);
  const [isHeld, setHeld] = useState(false);
  const end = useFreeEnd(notices, stack);
  const [areAllShown, setAllShown] = useState(false);
  const isPile = useMedia(NARROW) && notices.length > 1;
  const isFolded = isPile && !areAllShown;
  const newest = notices.at(-1)?.id;
  if (areAllShown && !isPile) setAllShown(false);
  // Another message must not hide the one that has the keyboard.
  useLayoutEffect(() => {
    const focused = document.activeElement?.closest<HTMLElement>('.notice');
    if (isFolded && focused && stack.current?.contains(focused) && focused.dataset.notice !== String(newest)) setAllShown(true);
  }, [isFolded, newest]);

  const handleFocus = (event: FocusEvent) => {
    setHeld(true);
    const from = event.relatedTarget;
    if (from instanceof HTMLElement && !event.currentTarget.contains(from)) cameFrom.current = from;
  };

  /** Takes a message away; the focus that was in it goes to its neighbour, or back to where it came from. */
  const dismiss = useCallback((id: number) => {
    const shown = [...(stack.current?.querySelectorAll<HTMLElement>('.notice:not([hidden])') ?? [])];
    const at = shown.findIndex((each) => each.dataset.notice === String(id));
    const hadFocus = shown[at]?.contains(document.activeElement) === true;
    dismissNotice(id);
    if (!hadFocus) return;
    const neighbour = (shown[at + 1] ?? shown[at - 1])?.querySelector<HTMLElement>('[data-close]');
    (neighbour ?? cameFrom.current)?.focus();
  }, []);

  const returnFocus = useCallback(() => {
    if (cameFrom.current?.isConnected) cameFrom.current.focus();
    else stepPane(1);
  }, []);

  const show = (kind: Notice['kind']) =>
    notices
      .filter((notice) => notice.kind === kind)
      .map((notice) => (
        <NoticeCard key={notice.id} notice={notice} isHeld={isHeld} isHidden={isFolded && notice.id !== newest} onDismiss={dismiss} />
      ));

  return (
    <>
      <Problems />
      <section
        ref={stack}
        className="notices"
        data-end={end}
        aria-label="Messages"
        onFocus={handleFocus}
        onBlur={() => setHeld(false)}
        onPointerEnter={() => setHeld(true)}
        onPointerLeave={(event) => setHeld(event.currentTarget.contains(document.activeElement))}
        // Modal dialogs must not take a click on a message for one outside of them.
        onPointerDown={(event) => event.stopPropagation()}
      >
        <BulkProgress onGone={returnFocus} />
        <ImportProgress onGone={returnFocus} />
        <ExportProgress onGone={returnFocus} />
        <div role="alert" aria-live="assertive" aria-atomic="false">
          {show('error')}
        </div>
        <div role="status" aria-label="Last messages" aria-live="polite" aria-atomic="false">
          {show('info')}
        </div>
        {isPile && (
          <Button className="button notices-more" aria-expanded={!isFolded} onClick={() => setAllShown(isFolded)}>
            {isFolded ? `and ${notices.length - 1} more` : 'The newest alone'}
          </Button>
        )}
      </section>
    </>
  );
}

/** Where a pile of messages would cover what is read. */
const NARROW = '(max-width: 640px)';

/** ms that a message stays which is not an error, counted anew when the pointer or the focus leaves the messages. */
const INFO_STAYS = 6_000;

interface NoticeCardProps {
  notice: Notice;
  /** It stays for now. */
  isHeld: boolean;
  /** It waits behind a newer one. */
  isHidden: boolean;
  onDismiss(id: number): void;
}

function NoticeCard({ notice, isHeld, isHidden, onDismiss }: NoticeCardProps) {
  const { id, kind, message, action } = notice;
  useEffect(() => {
    if (kind === 'error' || isHeld) return;
    const timer = setTimeout(() => onDismiss(id), INFO_STAYS);
    return () => clearTimeout(timer);
  }, [id, kind, isHeld, onDismiss]);
  return (
    <div className="notice" data-kind={kind} data-notice={id} hidden={isHidden}>
      {kind === 'error' && <CircleAlert aria-hidden="true" />}
      <p dir="auto">{message}</p>
      {action && (
        <Button
          kind="quiet"
          onClick={() => {
            action.run();
            onDismiss(id);
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label="Close message" small data-close onClick={() => onDismiss(id)}>
        <X />
      </IconButton>
    </div>
  );
}
