import { useStore } from '../../state/store';

/** Tells a screen reader what can only be seen otherwise. */
export function Announcer() {
  const announcement = useStore((state) => state.announcement);
  return (
    <div className="visually-hidden" role="status" aria-label="Announcements">
      {/* Another element each time, so that the same words are told again. */}
      {announcement && <p key={announcement.id}>{announcement.text}</p>}
    </div>
  );
}
