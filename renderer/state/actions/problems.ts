import { DATA_FOLDER_RENEWED, type DataProblem, type RecoveryChoice } from '#api';
import { call } from '../client';
import { texts } from '../notebook-sync';
import { type AppState, getState, setState } from '../store';
import { notify, notifyFailure } from './notices';

/** The problems that the reader has not put away: first what concerns the open document, then those that wait for a choice. */
export function shownProblems(
  { problems, dismissedProblems }: Pick<AppState, 'problems' | 'dismissedProblems'>,
  openId: string | undefined,
): DataProblem[] {
  const rank = ({ recovery }: DataProblem) =>
    recovery === undefined ? 2 : recovery.documentId !== undefined && recovery.documentId === openId ? 0 : 1;
  return problems.filter(({ id }) => !dismissedProblems.has(id)).sort((a, b) => rank(a) - rank(b));
}

/** Tells of a problem, also when the reader had put an earlier one of its kind away. */
export function addProblem(problem: DataProblem): void {
  if (problem.id === DATA_FOLDER_RENEWED) texts.forget();
  const { problems, dismissedProblems } = getState();
  setState({
    problems: [...problems.filter(({ id }) => id !== problem.id), problem],
    dismissedProblems: dismissedProblems.difference(new Set([problem.id])),
  });
}

export const removeProblem = (id: string): void => setState({ problems: getState().problems.filter((problem) => problem.id !== id) });

/** Takes a problem off the screen; it is told again only when Lectern starts and it still stands. */
export async function dismissProblem(id: string): Promise<void> {
  setState({ dismissedProblems: new Set([...getState().dismissedProblems, id]) });
  await call('app.dismiss', { problemId: id });
}

/** Shows again that the notebook of a document was lost, where the reader comes upon it and can choose. */
export function showLossOf(documentId: string): void {
  const { problems, dismissedProblems } = getState();
  const lost = problems.filter(({ recovery }) => recovery?.documentId === documentId).map(({ id }) => id);
  if (lost.some((id) => dismissedProblems.has(id))) setState({ dismissedProblems: dismissedProblems.difference(new Set(lost)) });
}

/** Does what the reader chose about a file that could not be read, and says what was done. The host's events bring what is back. */
export async function recover(problemId: string, choice: RecoveryChoice): Promise<void> {
  const result = await call('app.recover', { problemId, choice });
  if (result.ok) notify('info', result.value.message);
  else notifyFailure(result.failure);
}
