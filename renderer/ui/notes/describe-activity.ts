import type { Activity, RecordField } from '#model';
import { describeTakenBack } from '../../state/actions/bulk';
import { countOf, formatDate } from '../kit/format';
import { nameOfLanguage } from '../kit/languages';

const fieldNames: Record<RecordField, string> = {
  title: 'Title',
  author: 'Author',
  date: 'Date',
  language: 'Language',
  encoding: 'Encoding',
  status: 'Reading status',
  favourite: 'Favourite',
  later: 'Reading list',
};

const quoted = (value: string): string => `“${value}”`;

/** What was done, in a few words. */
export function describeActivity(activity: Activity): string {
  switch (activity.type) {
    case 'note-made':
      return 'Note made';
    case 'note-written':
      return 'Note written';
    case 'note-moved':
      return 'Note moved to another passage';
    case 'note-deleted':
      return 'Note deleted';
    case 'note-restored':
      return 'Note brought back from the trash';
    case 'note-tagged':
      return `Tags of a note: ${describeTags(activity)}`;
    case 'notes-purged':
      return `${countOf(activity.count, 'note')} deleted for good`;
    case 'document-tagged':
      return `Tags of the document: ${describeTags(activity)}`;
    case 'document-collected':
      return `${activity.isIn ? 'Put into' : 'Taken out of'} the collection ${quoted(activity.name)}`;
    case 'collection-set':
      return describeCollection(activity);
    case 'field-set':
      return describeField(activity);
    case 'document-added':
      return 'Document added';
    case 'document-joined':
      return `${quoted(activity.fromTitle)} was said to be ${quoted(activity.intoTitle)}, with its notes`;
    case 'document-parted':
      return `${quoted(activity.fromTitle)} was parted from ${quoted(activity.intoTitle)} again`;
    case 'tag-coloured':
      return `Tag ${quoted(activity.name)} coloured ${activity.to ?? 'as the tag above it'}, before ${activity.from ?? 'without a colour of its own'}`;
    case 'changed-together':
      return activity.isUndo ? describeTakenBack(activity.message) : activity.message;
    case 'restored':
    case 'imported':
      return activity.message;
  }
}

function describeTags({ from, to }: { from: readonly string[]; to: readonly string[] }): string {
  const on = to.filter((tag) => !from.includes(tag));
  const off = from.filter((tag) => !to.includes(tag));
  const parts = [
    ...(on.length > 0 ? [`${on.map(quoted).join(', ')} put on`] : []),
    ...(off.length > 0 ? [`${off.map(quoted).join(', ')} taken off`] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : 'put in another order';
}

function describeCollection({ from, to }: Extract<Activity, { type: 'collection-set' }>): string {
  if (from === undefined) return `Collection ${quoted(to ?? '')} made`;
  return to === undefined ? `Collection ${quoted(from)} deleted` : `Collection ${quoted(from)} renamed to ${quoted(to)}`;
}

function describeField({ field, from, to }: Extract<Activity, { type: 'field-set' }>): string {
  if (field === 'status') return to === 'finished' ? 'Marked as finished' : `Marked as ${to === 'reading' ? 'being read' : 'unread'}`;
  if (field === 'favourite') return to === undefined ? 'No favourite any more' : 'Made a favourite';
  if (field === 'later') return to === undefined ? 'Taken off the reading list' : 'Put on the reading list';
  const show = (value: string | undefined) => (value === undefined ? 'what the file says' : quoted(readable(field, value)));
  return `${fieldNames[field]} set to ${show(to)}, before ${show(from)}`;
}

const readable = (field: RecordField, value: string): string => {
  if (field === 'date') return formatDate(value);
  return field === 'language' ? nameOfLanguage(value) : value;
};
