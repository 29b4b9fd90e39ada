/** The place of a file within the book that `reference` means in the file at `base`, and its fragment; `undefined` for what is not in the book. */
export function resolveIn(base: string, reference: string): { path: string; fragment: string } | undefined {
  const written = reference.trim();
  if (written === '' || /^[a-z][a-z\d+.-]*:/i.test(written) || written.startsWith('//')) return undefined;
  const [address = '', ...rest] = written.split('#');
  const fragment = decode(rest.join('#'));
  const file = decode(address.replace(/\?.*$/s, ''));
  if (file === '') return { path: base, fragment };
  const segments = file.startsWith('/') ? [] : base.split('/').slice(0, -1);
  for (const segment of file.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return { path: segments.join('/'), fragment };
}

/** The name of a place in a book, under which links lead to it. */
export const placeName = (path: string, fragment: string): string => (fragment === '' ? path : `${path}#${fragment}`);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
