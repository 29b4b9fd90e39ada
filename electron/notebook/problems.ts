import type { DataProblem } from '../api';

/** What the reader must know about the files of one store; a problem with the same id replaces the earlier one. */
export interface Problems {
  add(problem: DataProblem): void;
  list(): DataProblem[];
}

/** An empty list that tells `onProblem` of everything added to it. */
export function createProblems(onProblem?: (problem: DataProblem) => void): Problems {
  const byId = new Map<string, DataProblem>();
  return {
    add(problem) {
      byId.set(problem.id, problem);
      onProblem?.(problem);
    },
    list: () => [...byId.values()],
  };
}
