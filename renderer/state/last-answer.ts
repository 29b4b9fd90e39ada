/** Asks once for each key that follows another one, and gives the same answer for as long as the key stays; one that failed is asked for again. */
export function lastAnswer<A>(): (key: string, ask: () => Promise<A>) => Promise<A> {
  let last: { key: string; answer: Promise<A> } | undefined;
  return (key, ask) => {
    if (last?.key === key) return last.answer;
    const asked = { key, answer: ask() };
    last = asked;
    asked.answer.catch(() => {
      if (last === asked) last = undefined;
    });
    return asked.answer;
  };
}
