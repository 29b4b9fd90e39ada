import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { connect } from './bridge';
import { pageNonce } from './page-nonce';
import { start } from './state/start';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/themes.css';
import './styles/base.css';
import './ui/kit/kit.css';
import { App } from './ui/App';
import { CannotStart } from './ui/CannotStart';
import { ErrorBoundary } from './ui/ErrorBoundary';

// The page's security policy forbids making code out of strings, which zod would try for speed.
config({ jitless: true });
setNonce(pageNonce());

const container = document.getElementById('root');
if (!container) throw new Error('The page has no #root.');
const root = createRoot(container);

try {
  await start(await connect());
  root.render(
    <StrictMode>
      <ErrorBoundary>
        <App />
      </ErrorBoundary>
    </StrictMode>,
  );
} catch (error) {
  root.render(<CannotStart error={error} />);
}
