/** What keys may ask of the list that is on the screen in the place of a document. It registers it while it is shown. */
export interface ListHandle {
  /** Gives the keyboard to the next (1) or previous (-1) row; where no row has it, to the one that the keys work on. */
  step(direction: 1 | -1): void;
  /** Selects all rows, where these can be selected. */
  chooseAll?: (() => void) | undefined;
}

const handles: ListHandle[] = [];

/** The list that came last of those on the screen. */
export const listHandle = (): ListHandle | undefined => handles.at(-1);

/** Registers a list, until the function that is returned is called. */
export function registerList(handle: ListHandle): () => void {
  handles.push(handle);
  return () => {
    handles.splice(handles.indexOf(handle), 1);
  };
}
