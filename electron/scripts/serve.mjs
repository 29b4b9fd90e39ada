import { checkNode } from './check-node.mjs';

// Builds what is stale and is then the browser host itself.
checkNode();
const { becomeBrowserHost } = await import('./run-browser-host.ts');
await becomeBrowserHost();
