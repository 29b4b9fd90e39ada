import { useEffect, useState } from 'react';

/** ms of work that are not worth showing. */
const NOT_SHOWN = 500;

/** Whether something has been going on for so long that the reader is to see it. */
export function useIsLong(isGoingOn: boolean): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isGoingOn) return;
    const timer = setTimeout(() => setLong(true), NOT_SHOWN);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isGoingOn]);
  return isGoingOn && isLong;
}
