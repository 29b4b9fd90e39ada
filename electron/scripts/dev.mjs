import { checkNode } from './check-node.mjs';

// The browser host as it is, over a renderer that is built anew whenever it changes; open pages then reload themselves.
checkNode();
const { runBrowserHost } = await import('./run-browser-host.ts');
const { watchRenderer } = await import('./watch-renderer.ts');
await watchRenderer();
await runBrowserHost('--watch', '--open');
