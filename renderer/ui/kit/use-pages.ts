import { useEffect, useRef, useState } from 'react';
import type { Page } from '#api';
import { reportError } from '../../state/actions/notices';
import { createPager, type Pager } from '../../state/pager';

/** What is held of a list, once there is an answer, and of which query; `want` tells which rows are on the screen. */
export interface Pages<Q, P extends Page<unknown>> {
  page: P | undefined;
  query: Q | undefined;
  want: Pager<Q>['want'];
}

/**
 * Keeps up with a list in pages while the component stands: `query` says which one, compared by what is in it, and another `version` that it
 * may have changed. `ask` is the one of the first drawing. The page of the last query stays until that of the next is there.
 */
export function usePages<Q, P extends Page<unknown>>(
  ask: (query: Q, from: number, count: number) => Promise<P | undefined>,
  query: Q,
  version: unknown,
): Pages<Q, P> {
  const [answer, setAnswer] = useState<{ page: P; query: Q }>();
  const [pager] = useState(() => createPager<Q, P>({ ask, onPage: (page, of) => setAnswer({ page, query: of }), onError: reportError }));
  const key = JSON.stringify(query);
  const latest = useRef(query);
  useEffect(() => {
    latest.current = query;
  });
  const shown = useRef<{ key: string; version: unknown }>(undefined);
  useEffect(() => {
    if (shown.current?.key !== key) pager.show(latest.current);
    else if (shown.current.version !== version) pager.touch();
    shown.current = { key, version };
  }, [pager, key, version]);
  return { page: answer?.page, query: answer?.query, want: pager.want };
}
