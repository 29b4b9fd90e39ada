import { type RefObject, useEffect, useState } from 'react';
import type { Result } from '#api';
import { reportError } from '../../state/actions/notices';
import { useStore } from '../../state/store';
import { type ReturnFocus, useFocusOnStep, useReturnFocus } from '../kit/use-return-focus';

interface DryRun<S, P> {
  /** What was chosen to be brought in. */
  source: S | undefined;
  /** What that would do, once it is known. */
  planned: Result<P> | undefined;
  undelete: boolean;
  setUndelete(undelete: boolean): void;
  choose(source: S | undefined): void;
  /** Has the focus when what it shows is another step. */
  step: RefObject<HTMLElement | null>;
  /** Gives the focus back to where it was before the first step. */
  returnFocus: ReturnFocus;
}

/** A dialog that shows what bringing something in would do before it does it. A plan that is not carried out is let go of. */
export function useDryRun<S, P extends { id: string }>(
  first: S | undefined,
  plan: (source: S) => Promise<Result<P>>,
  forget: (planId: string) => void,
): DryRun<S, P> {
  const returnFocus = useReturnFocus();
  const [source, setSource] = useState(first);
  const [planned, setPlanned] = useState<Result<P>>();
  const [undelete, setUndelete] = useState(false);
  const isGoingOn = useStore((state) => state.bringing !== undefined);
  const step = useFocusOnStep<HTMLElement>(`${source !== undefined} ${planned !== undefined} ${isGoingOn}`);

  useEffect(() => {
    if (source === undefined) return;
    let current = true;
    plan(source)
      .then((result) => {
        if (current) setPlanned(result);
        else if (result.ok) forget(result.value.id);
      })
      .catch((error: unknown) => {
        if (current) setSource(undefined);
        reportError(error);
      });
    return () => {
      current = false;
    };
  }, [source, plan, forget]);

  const planId = planned?.ok ? planned.value.id : undefined;
  useEffect(() => (planId === undefined ? undefined : () => forget(planId)), [planId, forget]);

  const choose = (next: S | undefined) => {
    setPlanned(undefined);
    setUndelete(false);
    setSource(() => next);
  };
  return { source, planned, undelete, setUndelete, choose, step, returnFocus };
}
