import { checkNode } from './check-node.mjs';

// Builds what is stale and is then the browser host itself, in this process, so that signals reach it.
checkNode();
const { runBrowserHost } = await import('./run-browser-host.ts');
await runBrowserHost();
