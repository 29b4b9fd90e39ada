import { formatAgo, formatMoment } from '../kit/format';
import { useNow } from '../kit/use-now';

/** How long ago something was, with the full moment as its tip. `before` and `after` stand around it ("edited …"). */
export function NoteTime({ at, before = '' }: { at: string; before?: string }) {
  const now = useNow();
  return (
    <time className="note-time" dateTime={at} title={formatMoment(at)}>
      {before}
      {formatAgo(at, now)}
    </time>
  );
}
