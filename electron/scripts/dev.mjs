import path from 'node:path';
import { checkNode, root } from './check-node.mjs';

// The browser host as it is, over a renderer that is built anew whenever it changes; open pages then reload themselves.
checkNode();
const { build } = await import('vite');
const { runBrowserHost } = await import('./run-browser-host.ts');
// Old files stay: a page that is being loaded may still ask for them.
await build({ configFile: path.join(root, 'renderer/vite.config.ts'), build: { watch: {}, emptyOutDir: false } });
await runBrowserHost('--watch', '--open');
