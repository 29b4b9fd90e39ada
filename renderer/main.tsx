import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connect } from './bridge';
import { pageNonce } from './page-nonce';
import { followPrinting } from './state/actions/printing';
import { start } from './state/start';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/themes.css';
import './styles/base.css';
import './ui/kit/kit.css';
import { App } from './ui/App';
import './styles/touch.css';
import './styles/forced-colors.css';
import './styles/print.css';
import { CannotStart } from './ui/CannotStart';
import { WindowBoundary } from './ui/WindowBoundary';

/** ms that a start usually takes at most. */
const START_TAKES = 1_000;

setNonce(pageNonce());

const container = document.getElementById('root');
if (!container) throw new Error('The page has no #root.');
const root = createRoot(container);
const ready = sayStarting(container);

try {
  await start(await connect());
  ready();
  followPrinting();
  root.render(
    <StrictMode>
      <WindowBoundary>
        <App />
      </WindowBoundary>
    </StrictMode>,
  );
} catch (error) {
  ready();
  // The address with the key differs in its fragment alone, by which a browser loads nothing anew.
  window.addEventListener('hashchange', () => window.location.reload(), { once: true });
  root.render(<CannotStart error={error} />);
}

/** Says that the start takes its time once it does, as where the notes of many documents are read for the first time. The function that is returned ends it. */
function sayStarting(place: HTMLElement): () => void {
  const line = document.createElement('p');
  line.className = 'starting';
  line.role = 'status';
  place.after(line);
  const timer = setTimeout(() => {
    line.textContent = 'Reading your library…';
  }, START_TAKES);
  return () => {
    clearTimeout(timer);
    line.remove();
  };
}
