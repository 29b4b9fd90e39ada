import type { KeyboardEvent } from 'react';
import { type ActivityPage, type ActivityRow, rowAt } from '#api';
import { type Activity, activityKey } from '#model';
import { takeBackActivity } from '../../state/actions/activity';
import { focusView } from '../../state/actions/focus';
import { reportError } from '../../state/actions/notices';
import { showRestore } from '../../state/actions/restoring';
import { showCollection, showDialog, showTag } from '../../state/actions/view';
import { Button } from '../kit/Button';
import { formatDay, formatTime } from '../kit/format';
import { openAndRead } from '../kit/open-and-read';
import { useNow } from '../kit/use-now';
import { useRowKeys } from '../kit/use-row-keys';
import { VirtualList, type VirtualPlace } from '../kit/VirtualList';
import './activity-list.css';
import { describeActivity } from './describe-activity';

const keyOf = ({ activity }: ActivityRow): string => activityKey(activity);

/** Shows what an activity was about. */
function show(activity: Activity): void {
  if (activity.type === 'restored') showRestore();
  else if (activity.type === 'imported') showDialog({ type: 'import' });
  else if (activity.type === 'tag-coloured') showTag(activity.name);
  else if (activity.type === 'collection-set') showCollection(activity.collectionId);
  else if (activity.type === 'changed-together') focusView();
  else openAndRead(activity.documentId, 'noteId' in activity ? { type: 'note', noteId: activity.noteId } : undefined);
}

interface ActivityListProps {
  page: ActivityPage;
  want(first: number, last: number): void;
  scroller: HTMLElement | null;
}

/** What was done, with each day as a heading; the keys of a list go from one to another, Enter shows what it was about. */
export function ActivityList({ page, want, scroller }: ActivityListProps) {
  const { focus, active, onRange, step } = useRowKeys<ActivityRow, HTMLDivElement>({
    page,
    keyOf,
    target: '.activity-open',
    want,
    onGone: focusView,
  });
  const dayBefore = (index: number): string | undefined => {
    const at = rowAt(page, index - 1)?.activity.at ?? (index === page.from ? page.previousAt : undefined);
    return at === undefined ? undefined : formatDay(at);
  };
  return (
    <div {...focus}>
      <VirtualList
        label="What changed"
        items={page}
        keyOf={keyOf}
        estimate={84}
        gap={0}
        scroller={scroller}
        keep={active}
        onRange={onRange}
      >
        {(row, place) => (
          <ActivityItem
            key={keyOf(row)}
            row={row}
            place={place}
            count={page.total}
            beginsDay={dayBefore(place.index) !== formatDay(row.activity.at)}
            isActive={place.index === active}
            onKeyDown={step}
          />
        )}
      </VirtualList>
    </div>
  );
}

interface ActivityItemProps {
  row: ActivityRow;
  place: VirtualPlace;
  count: number;
  beginsDay: boolean;
  isActive: boolean;
  onKeyDown(event: KeyboardEvent): void;
}

function ActivityItem({ row: { activity, title, excerpt, obstacle }, place, count, beginsDay, isActive, onKeyDown }: ActivityItemProps) {
  const today = formatDay(new Date(useNow()).toISOString());
  const day = formatDay(activity.at);
  const what = describeActivity(activity);
  const about = title ?? ('title' in activity ? activity.title : undefined);
  const tabIndex = isActive ? 0 : -1;
  return (
    <li
      ref={place.ref}
      className="activity"
      data-index={place.index}
      style={{ top: place.offset }}
      aria-posinset={place.index + 1}
      aria-setsize={count}
      onKeyDown={onKeyDown}
    >
      {beginsDay && <h2 className="activity-day">{day === today ? 'Today' : day}</h2>}
      <div className="activity-row">
        <time dateTime={activity.at}>{formatTime(activity.at)}</time>
        <div className="activity-text">
          <button type="button" className="activity-open" tabIndex={tabIndex} onClick={() => show(activity)}>
            {what}
            {about !== undefined && (
              <span className="activity-about" dir="auto">
                {about}
              </span>
            )}
          </button>
          {excerpt !== undefined && (
            <p className="activity-excerpt" dir="auto">
              {excerpt}
            </p>
          )}
          {obstacle !== undefined && <p className="activity-obstacle">{obstacle}</p>}
        </div>
        {obstacle === undefined && (
          <Button kind="quiet" tabIndex={tabIndex} onClick={() => void takeBackActivity(activity).catch(reportError)}>
            Take back<span className="visually-hidden">: {[what, about].filter(Boolean).join(', ')}</span>
          </Button>
        )}
      </div>
    </li>
  );
}
