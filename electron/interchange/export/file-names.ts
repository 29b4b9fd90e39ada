/** The longest name in UTF-8 bytes, extension included; well under every file system's 255, so that folders and sync tools can add to it. */
const MAX_BYTES = 120;

/** Forbidden on Windows, or taken for a path or a control code anywhere; the bidi controls can make an extension look like another. */
const FORBIDDEN = /[<>:"/\\|?*\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFD]/gu;

/** Device names that Windows keeps for itself, whatever the extension. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\s*(\.|$))/i;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A file name made of `title` that Windows, macOS and Linux all take: NFC, at most 120 bytes of UTF-8 with its
 * extension, and unlike every name in `taken` without regard to case; it is added to `taken`.
 */
export function nameFile(title: string, extension: string, taken: Set<string>): string {
  const base = cleanName(title);
  for (let count = 1; ; count++) {
    const ending = `${count === 1 ? '' : ` ${count}`}.${extension}`;
    const name = shorten(base, MAX_BYTES - byteLength(ending)) + ending;
    const key = foldCase(name);
    if (taken.has(key)) continue;
    taken.add(key);
    return name;
  }
}

function cleanName(title: string): string {
  const cleaned = trimEnds(title.toWellFormed().normalize('NFC').replace(FORBIDDEN, ' ').replace(/\s+/g, ' '));
  return cleaned.replace(RESERVED, '_$1') || 'Untitled';
}

/** Leading dots hide a file, trailing dots and spaces vanish on Windows. Looks for the end only from where a run of them begins. */
const trimEnds = (name: string): string => name.replace(/^[\s.]+|(?<![\s.])[\s.]+$/g, '');

/** Cuts between graphemes, so that no emoji or accented letter is torn, and where it can, at a word. */
function shorten(name: string, maxBytes: number): string {
  if (byteLength(name) <= maxBytes) return name;
  let kept = '';
  let bytes = 0;
  for (const { segment } of graphemes.segment(name)) {
    bytes += byteLength(segment);
    if (bytes > maxBytes) break;
    kept += segment;
  }
  const atWord = kept.slice(0, Math.max(0, kept.lastIndexOf(' ')));
  return trimEnds(atWord.length > kept.length / 2 ? atWord : kept) || 'Untitled';
}

const byteLength = (text: string): number => Buffer.byteLength(text, 'utf8');

/** File systems disagree on ß and the like; the widest folding makes a name unique on all of them. */
const foldCase = (name: string): string => name.toUpperCase().toLowerCase().normalize('NFC');
