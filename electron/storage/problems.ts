import type { DataProblem } from '#api';
import type { KeptMessages } from './kept-messages';

/** The problem of a folder that nothing can be written into; solved by whatever is written there. */
export const UNWRITABLE = 'data-folder';

/** What the reader must know about the files of one store; a problem with the same id replaces the earlier one. */
export interface Problems {
  /** Tells how something stands, until it is solved. Each start finds it again by itself. */
  add(problem: DataProblem): void;
  /** Tells what happened, which no later start finds again: it is kept until the reader has put it away. */
  tell(message: DataProblem): void;
  /** Takes one away that was put right, or did not happen after all. */
  solve(id: string): void;
  /** Those of this store, without what is kept in `messages`. */
  list(): DataProblem[];
  /** Resolves when what was told outlives a kill, as far as the disk allows. To be awaited before what it tells of is written. */
  kept(): Promise<void>;
}

/** Who is told of the problems of a store. */
export interface ProblemListeners {
  onProblem?: (problem: DataProblem) => void;
  onSolved?: (id: string) => void;
  /** Where what happened is kept, shared by all stores; without it that ends with the store. */
  messages?: KeptMessages;
}

/** An empty list that tells of everything added to it and solved. */
export function createProblems({ onProblem, onSolved, messages }: ProblemListeners = {}): Problems {
  const byId = new Map<string, DataProblem>();
  return {
    add(problem) {
      messages?.remove(problem.id);
      byId.set(problem.id, problem);
      onProblem?.(problem);
    },
    tell(message) {
      if (messages) messages.add(message);
      else byId.set(message.id, message);
      onProblem?.(message);
    },
    solve(id) {
      if (byId.delete(id) || messages?.remove(id)) onSolved?.(id);
    },
    list: () => [...byId.values()],
    kept: async () => messages?.flush(),
  };
}
