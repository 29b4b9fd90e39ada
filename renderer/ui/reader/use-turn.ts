import { type Dispatch, type SetStateAction, useEffect } from 'react';

/** What is offered on the open document once its text is read. */
export type Offer = 'document' | 'notes';

/** Which of them has the place that all of them share. */
export interface Turns {
  asking: Offer | undefined;
  setAsking: Dispatch<SetStateAction<Offer | undefined>>;
}

/** Whether an offer that `wants` to be made is made now: one that came before it is answered first. */
export function useTurn({ asking, setAsking }: Turns, offer: Offer, wants: boolean): boolean {
  // biome-ignore lint/correctness/useExhaustiveDependencies: an offer that was answered gives way to the next.
  useEffect(() => setAsking((now) => (wants ? (now ?? offer) : now === offer ? undefined : now)), [asking, setAsking, offer, wants]);
  return wants && asking === offer;
}
