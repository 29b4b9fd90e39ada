import { expect, test } from 'vitest';
import type { DataProblem } from '#api';
import { addProblem, dismissProblem, removeProblem, showLossOf, shownProblems } from '../../../renderer/state/actions/problems';
import { getState } from '../../../renderer/state/store';

const lost = (documentId: string): DataProblem => ({
  id: documentId,
  message: '',
  recovery: { subject: 'notebook', loss: 'unreadable', documentId },
});
const ids = (openId?: string) => shownProblems(getState(), openId).map(({ id }) => id);

test('what waits for a choice comes first, the open document before all, and what was put away returns where it is needed', () => {
  addProblem({ id: 'backup', message: '' });
  for (const id of ['document-1', 'document-2']) addProblem(lost(id));
  expect(ids()).toEqual(['document-1', 'document-2', 'backup']);
  expect(ids('document-2')).toEqual(['document-2', 'document-1', 'backup']);
  for (const id of ['document-1', 'document-2', 'backup']) dismissProblem(id);
  expect(ids()).toEqual([]);
  showLossOf('document-2');
  expect(ids()).toEqual(['document-2']);
  addProblem({ id: 'backup', message: 'again' });
  removeProblem('document-2');
  expect(ids()).toEqual(['backup']);
});
