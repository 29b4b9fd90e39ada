// The DOM's declarations do not have it yet: as much of it as is used here.
interface WorkerPolicies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown };
}
const trustedTypes: WorkerPolicies | undefined = Reflect.get(globalThis, 'trustedTypes');

/**
 * The only place where a string becomes the address of a script; strings never become markup. Its name is the one that the host's content
 * security policy lists; where the browser knows no Trusted Types, strings pass as they are.
 */
const workerPolicy = trustedTypes?.createPolicy('lectern-worker', { createScriptURL: (url) => ownScriptUrl(url) });

/** Starts a module worker from a script of the page's own origin; throws a TypeError on any other address. */
export function startWorker(url: string): Worker {
  return new Worker((workerPolicy?.createScriptURL(url) ?? ownScriptUrl(url)) as string, { type: 'module' });
}

function ownScriptUrl(url: string): string {
  const absolute = new URL(url, document.baseURI);
  if (absolute.origin !== location.origin)
    throw new TypeError(`A worker must come from the page's own origin, not from ${absolute.origin}.`);
  return absolute.href;
}
