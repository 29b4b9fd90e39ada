import { autoUpdate, flip, offset, shift, useFloating } from '@floating-ui/react';
import { type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { reportError } from '../../state/actions/notices';
import { useStore } from '../../state/store';
import { contentOf } from './link-content';
import './link-preview.css';

/** ms that one rests on a link before it shows where it goes, and that one may be away from both. */
const RESTED = 250;
const AWAY = 200;

/** Below an embed stands already what it embeds. */
const LINKS = '.reading-text :is([data-href], [data-title]):not(:has(+ .doc-embedded))';

interface Shown {
  link: HTMLElement;
  content: readonly Node[];
}

/**
 * Shows beside a link what stands where it leads: a footnote or a place of the document, or another document of the library that it leads to or
 * names. It does so while the pointer rests on it or the keyboard is on it. The pointer may go into it; Escape closes it.
 */
export function LinkPreview({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const opening = useStore((state) => state.open?.opening);
  const [shown, setShown] = useState<Shown>();
  const card = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    const view = scroller.current;
    if (!view || opening === undefined) return;
    const stop = new AbortController();
    const { signal } = stop;
    let wanted: HTMLElement | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const close = () => {
      clearTimeout(timer);
      wanted = undefined;
      setShown(undefined);
    };
    const show = async (link: HTMLElement) => {
      const content = await contentOf(link, signal);
      if (wanted === link && !signal.aborted && content.length > 0) setShown({ link, content });
    };
    const want = (link: HTMLElement, delay: number) => {
      clearTimeout(timer);
      if (wanted === link) return;
      wanted = link;
      timer = setTimeout(() => void show(link).catch(reportError), delay);
    };
    const leave = () => {
      clearTimeout(timer);
      timer = setTimeout(close, AWAY);
    };
    const linkOf = ({ target }: Event) => (target instanceof Element ? target.closest<HTMLElement>(LINKS) : null);
    const isWithin = ({ target }: Event) => target instanceof Node && card.current?.contains(target);
    const isFocused = () => wanted !== undefined && wanted === document.activeElement;
    document.addEventListener(
      'pointerover',
      (event) => {
        const link = event.pointerType === 'touch' ? null : linkOf(event);
        if (link) want(link, RESTED);
        else if (isWithin(event)) clearTimeout(timer);
        else if (wanted && !isFocused()) leave();
      },
      { signal },
    );
    view.addEventListener(
      'focusin',
      (event) => {
        const link = linkOf(event);
        if (link?.matches(':focus-visible')) want(link, 0);
      },
      { signal },
    );
    view.addEventListener('focusout', (event) => linkOf(event) && close(), { signal });
    view.addEventListener('click', close, { signal });
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape') return;
        // A key that closes nothing here is for others.
        if (card.current) event.stopPropagation();
        close();
      },
      { signal, capture: true },
    );
    return () => {
      stop.abort();
      close();
    };
  }, [scroller, opening]);

  const { refs, floatingStyles } = useFloating({
    strategy: 'fixed',
    placement: 'top',
    elements: { reference: shown?.link ?? null },
    middleware: [offset(8), flip({ padding: 52 }), shift({ padding: 12 })],
    whileElementsMounted: autoUpdate,
  });
  useLayoutEffect(() => {
    body.current?.replaceChildren(...(shown?.content ?? []));
    const link = shown?.link;
    link?.setAttribute('aria-describedby', id);
    return () => link?.removeAttribute('aria-describedby');
  }, [shown, id]);

  if (!shown) return null;
  return (
    <div
      ref={(element) => {
        card.current = element;
        refs.setFloating(element);
      }}
      style={floatingStyles}
      className="link-preview"
    >
      <div ref={body} id={id} role="tooltip" className="link-preview-text" dir="auto" />
    </div>
  );
}
