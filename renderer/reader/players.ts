/** Sounds and films of a document. */
const PLAYERS = 'audio, video';

/** CSS pixels around the view in which it is asked how long a sound is, and how a film begins. */
const AROUND = 300;

/**
 * Has players in `container` tell what they play as they come near the view of `scroller`, and pauses what plays as another begins, until `signal` is
 * aborted.
 */
export function watchPlayers(container: HTMLElement, scroller: HTMLElement, signal: AbortSignal): void {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting || !(target instanceof HTMLMediaElement)) continue;
        observer.unobserve(target);
        target.preload = 'metadata';
      }
    },
    { root: scroller, rootMargin: `${AROUND}px 0px` },
  );
  container.addEventListener(
    'contentvisibilityautostatechange',
    ({ target }) => {
      if (target instanceof Element) for (const player of target.querySelectorAll(PLAYERS)) observer.observe(player);
    },
    { signal },
  );
  container.addEventListener(
    'play',
    ({ target }) => {
      for (const player of container.querySelectorAll<HTMLMediaElement>(PLAYERS)) if (player !== target) player.pause();
    },
    // It does not bubble.
    { capture: true, signal },
  );
  signal.addEventListener('abort', () => observer.disconnect());
}
