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
import './styles/print.css';
import { CannotStart } from './ui/CannotStart';
import { WindowBoundary } from './ui/WindowBoundary';

setNonce(pageNonce());

const container = document.getElementById('root');
if (!container) throw new Error('The page has no #root.');
const root = createRoot(container);

try {
  await start(await connect());
  followPrinting();
  root.render(
    <StrictMode>
      <WindowBoundary>
        <App />
      </WindowBoundary>
    </StrictMode>,
  );
} catch (error) {
  // The address with the key differs in its fragment alone, by which a browser loads nothing anew.
  window.addEventListener('hashchange', () => window.location.reload(), { once: true });
  root.render(<CannotStart error={error} />);
}
