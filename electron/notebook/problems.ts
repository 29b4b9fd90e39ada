import type { DataProblem } from '../api';

/** The problem of a folder that nothing can be written into; solved by whatever is written there. */
export const UNWRITABLE = 'data-folder';

/** What the reader must know about the files of one store; a problem with the same id replaces the earlier one. */
export interface Problems {
  add(problem: DataProblem): void;
  /** Takes one away that was put right. */
  solve(id: string): void;
  list(): DataProblem[];
}

/** Who is told of the problems of a store. */
export interface ProblemListeners {
  onProblem?: (problem: DataProblem) => void;
  onSolved?: (id: string) => void;
}

/** An empty list that tells of everything added to it and solved. */
export function createProblems({ onProblem, onSolved }: ProblemListeners = {}): Problems {
  const byId = new Map<string, DataProblem>();
  return {
    add(problem) {
      byId.set(problem.id, problem);
      onProblem?.(problem);
    },
    solve(id) {
      if (byId.delete(id)) onSolved?.(id);
    },
    list: () => [...byId.values()],
  };
}
