import { checkNode } from './check-node.mjs';

checkNode();
const { browserHost, buildStale, electronHost } = await import('./build-stale.ts');
await buildStale([...new Set([...browserHost, ...electronHost])]);
