import { applyChange, type Notebook, type NotebookChange, tagKey } from '#model';
import type { EditedDocument } from './collect';

function setting(field: 'title' | 'author' | 'date', value: string, at: string): NotebookChange {
  switch (field) {
    case 'title':
      return { type: 'set-title', title: value, at };
    case 'author':
      return { type: 'set-author', author: value, at };
    case 'date':
      return { type: 'set-date', date: value, at };
  }
}

/**
 * Puts what was changed in an exported file of a document's title, author, date and tags into the notebook that comes, by what stands here: what was changed
 * here since it was exported stays as it is. `said`: what becomes of each, as whole sentences; empty where all of it is here already.
 */
export function withDocumentEdit(
  present: Notebook | undefined,
  incoming: Notebook,
  { title, author, date, givenTags = [], takenTags = [], at }: EditedDocument,
): { notebook: Notebook; said: string[] } {
  const said: string[] = [];
  const here = present ?? incoming;
  const fields = [
    ...(title === undefined
      ? []
      : [{ field: 'title', value: title, said: ['Its title becomes', 'The file calls it', `“${title}”`] } as const]),
    ...(author === undefined
      ? []
      : [{ field: 'author', value: author, said: ['Its author becomes', 'The file names as its author', `“${author}”`] } as const]),
    ...(date === undefined ? [] : [{ field: 'date', value: date, said: ['Its date becomes', 'The file dates it', date] } as const]),
  ];
  let notebook = incoming;
  for (const {
    field,
    value,
    said: [becomes, tells, shown],
  } of fields) {
    if (here[field] === value) continue;
    if (here[field] !== incoming[field]) {
      said.push(`${tells} ${shown}, but its ${field} was changed here, too, and stays.`);
      continue;
    }
    said.push(`${becomes} ${shown}.`);
    const change = setting(field, value, at);
    const time = present?.fieldTimes?.[field];
    notebook = applyChange(time === undefined ? notebook : { ...notebook, fieldTimes: { ...notebook.fieldTimes, [field]: time } }, change);
  }
  const has = (tag: string) => here.tags.some((each) => tagKey(each) === tagKey(tag));
  const wasChanged = (tag: string) => here.tagCounts?.[tagKey(tag)] !== undefined;
  const given = givenTags.filter((tag) => !has(tag));
  const taken = takenTags.filter(has);
  for (const tag of given)
    said.push(wasChanged(tag) ? `The file has the tag “${tag}”, which was taken away here, and stays so.` : `It gets the tag “${tag}”.`);
  for (const tag of taken)
    said.push(
      wasChanged(tag) ? `The file has the tag “${tag}” no more, which was given again here, and stays so.` : `It loses the tag “${tag}”.`,
    );
  const goes = new Set(taken.filter((tag) => !wasChanged(tag)).map(tagKey));
  const tags = [...notebook.tags.filter((tag) => !goes.has(tagKey(tag))), ...given.filter((tag) => !wasChanged(tag))];
  return { notebook: applyChange(notebook, { type: 'set-tags', tags }), said };
}
