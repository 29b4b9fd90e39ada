/** Sounds and films of a document. */
const PLAYERS = 'audio, video';

/** CSS pixels around the view in which it is asked how long a sound is, and how a film begins. */
const AROUND = 300;

/** What tells that a part of a player was used. */
const USED = ['play', 'pause', 'seeking', 'volumechange', 'ratechange'] as const;

/**
 * Has players in `container` tell what they play as they come near the view of `scroller`, pauses what plays as another begins, and takes the keyboard
 * out of one that was used by a pointer, until `signal` is aborted.
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
  giveFocusBack(container, signal);
  signal.addEventListener('abort', () => observer.disconnect());
}

/**
 * Gives the focus back to what had it, or to the text, once a player was used by a pointer. Chromium keeps presses and keys to itself within a player’s
 * parts; a menu of one closes where it loses the focus, so that it goes only when something was done.
 */
function giveFocusBack(container: HTMLElement, signal: AbortSignal): void {
  let before: HTMLElement | undefined;
  let isByPointer = false;
  container.addEventListener(
    'focusin',
    ({ target, relatedTarget }) => {
      if (!(target instanceof HTMLMediaElement)) return;
      isByPointer = !target.matches(':focus-visible');
      before = relatedTarget instanceof HTMLElement && !relatedTarget.matches(PLAYERS) ? relatedTarget : undefined;
    },
    { signal },
  );
  container.addEventListener(
    'pointermove',
    ({ target }) => {
      if (target === document.activeElement) isByPointer = true;
    },
    { signal },
  );
  for (const used of USED) {
    container.addEventListener(
      used,
      ({ target }) => {
        // Whoever came by keyboard goes on with it there.
        if (!(target instanceof HTMLMediaElement) || document.activeElement !== target || !isByPointer) return;
        before?.focus({ preventScroll: true });
        if (document.activeElement === target) container.closest<HTMLElement>('[tabindex]')?.focus({ preventScroll: true });
      },
      // They do not bubble.
      { capture: true, signal },
    );
  }
}

/** The player in `container`, of those that are shown, of what lies at `url`, such as `readImage` gives for a file beside the document. */
export const playerOf = (container: HTMLElement, url: string): HTMLMediaElement | undefined =>
  [...container.querySelectorAll<HTMLMediaElement>(PLAYERS)].find(
    (player) => player.getAttribute('src') === url && player.checkVisibility(),
  );
