import { CircleAlert, X } from 'lucide-react';
import { type FocusEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { isFocusLost, stepPane } from '../../state/actions/focus';
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
  const returnFocus = useCallback(() => {
    if (cameFrom.current?.isConnected) cameFrom.current.focus();
    else stepPane(1);
  }, []);
  const isPile = useMedia(NARROW) && notices.length > 1;
  const isFolded = isPile && !areAllShown;
  const newest = notices.at(-1)?.id;
  if (areAllShown && !isPile) setAllShown(false);
  // Another message must not hide the one that has the keyboard.
  useLayoutEffect(() => {
    const focused = document.activeElement?.closest<HTMLElement>('.notice');
    if (isFolded && focused && stack.current?.contains(focused) && focused.dataset.notice !== String(newest)) setAllShown(true);
  }, [isFolded, newest]);

  const focusedNotice = useRef<string>(undefined);
  const order = useRef<string[]>([]);
  // A message that goes, whoever takes it away, leaves the focus that was in it to its neighbour, or to where it came from.
  useLayoutEffect(() => {
    const shown = [...(stack.current?.querySelectorAll<HTMLElement>('.notice:not([hidden])') ?? [])];
    const before = order.current;
    order.current = shown.map(({ dataset: { notice = '' } }) => notice);
    const gone = focusedNotice.current;
    if (gone === undefined || notices.some(({ id }) => String(id) === gone) || !isFocusLost()) return;
    focusedNotice.current = undefined;
    setHeld(false);
    const at = before.indexOf(gone);
    const neighbour = [...before.slice(at + 1), ...before.slice(0, at).reverse()]
      .map((id) => shown.find(({ dataset }) => dataset.notice === id)?.querySelector<HTMLElement>('[data-close]'))
      .find((close) => close != null);
    if (neighbour) neighbour.focus();
    else returnFocus();
  });

  const handleFocus = (event: FocusEvent) => {
    setHeld(true);
    focusedNotice.current = event.target.closest<HTMLElement>('.notice')?.dataset.notice;
    const from = event.relatedTarget;
    if (from instanceof HTMLElement && !event.currentTarget.contains(from)) cameFrom.current = from;
  };

  const show = (kind: Notice['kind']) =>
    notices
      .filter((notice) => notice.kind === kind)
      .map((notice) => <NoticeCard key={notice.id} notice={notice} isHeld={isHeld} isHidden={isFolded && notice.id !== newest} />);

  return (
    <>
      <Problems />
      <section
        ref={stack}
        className="notices"
        data-end={end}
        aria-label="Messages"
        onFocus={handleFocus}
        onBlur={() => {
          focusedNotice.current = undefined;
          setHeld(false);
        }}
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
}

function NoticeCard({ notice, isHeld, isHidden }: NoticeCardProps) {
  const { id, kind, message, action } = notice;
  useEffect(() => {
    if (kind === 'error' || isHeld) return;
    const timer = setTimeout(() => dismissNotice(id), INFO_STAYS);
    return () => clearTimeout(timer);
  }, [id, kind, isHeld]);
  return (
    <div className="notice" data-kind={kind} data-notice={id} hidden={isHidden}>
      {kind === 'error' && <CircleAlert aria-hidden="true" />}
      <p dir="auto">{message}</p>
      {action && (
        <Button
          kind="quiet"
          onClick={() => {
            action.run();
            dismissNotice(id);
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label="Close message" small data-close onClick={() => dismissNotice(id)}>
        <X />
      </IconButton>
    </div>
  );
}
