import { BookOpen, CircleCheck, Inbox, type LucideIcon } from 'lucide-react';
import type { ReadingStatus } from '#model';

/** The reading statuses as menus offer to set them. */
export const STATUS_ACTIONS: readonly { status: ReadingStatus; label: string; icon: LucideIcon }[] = [
  { status: 'unread', label: 'Mark as unread', icon: Inbox },
  { status: 'reading', label: 'Mark as being read', icon: BookOpen },
  { status: 'finished', label: 'Mark as finished', icon: CircleCheck },
];
