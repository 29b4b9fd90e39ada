import { expect, test } from 'vitest';
import type { DataProblem } from '#api';
import { addProblem, dismissProblem, removeProblem, showLossOf, shownProblems } from '../../../renderer/state/actions/problems';
import { setBridge } from '../../../renderer/state/client';
import { getState } from '../../../renderer/state/store';
import { makeHost } from './support';

const lost = (documentId: string): DataProblem => ({
  id: documentId,
  message: '',
  recovery: { subject: 'notebook', loss: 'unreadable', documentId },
});
const ids = (openId?: string) => shownProblems(getState(), openId).map(({ id }) => id);

test('what waits for a choice comes first, the open document before all, and what was put away returns where it is needed', async () => {
  const putAway: string[] = [];
  const { bridge } = makeHost({
    'app.dismiss': ({ problemId }) => {
      putAway.push(problemId);
      return null;
    },
  });
  setBridge(bridge);
  addProblem({ id: 'backup', message: '' });
  for (const id of ['document-1', 'document-2']) addProblem(lost(id));
  expect(ids()).toEqual(['document-1', 'document-2', 'backup']);
  expect(ids('document-2')).toEqual(['document-2', 'document-1', 'backup']);
  const all = ['document-1', 'document-2', 'backup'];
  await Promise.all(all.map(dismissProblem));
  expect(putAway).toEqual(all);
  expect(ids()).toEqual([]);
  showLossOf('document-2');
  expect(ids()).toEqual(['document-2']);
  addProblem({ id: 'backup', message: 'again' });
  removeProblem('document-2');
  expect(ids()).toEqual(['backup']);
});
