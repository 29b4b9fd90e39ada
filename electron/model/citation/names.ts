/** A person's name in two parts, or one that has no parts: an institution, a pen name, a name in Chinese characters. */
export type Name = { family: string; given?: string; literal?: undefined } | { literal: string };

/** Words by which a name is known to be no person's. */
const INSTITUTION =
  /\b(?:agency|association|bank|bureau|center|centre|college|commission|committee|company|corporation|council|department|desk|editors?|foundation|group|inc|institut[eo]?|ltd|ministry|newsroom|nations|office|organi[sz]ation|press|project|society|staff|team|union|universit(?:y|ät|é)|wikipedia)\b\.?/i;

/** Particles that belong to the family name, in lower case as they are written. */
const PARTICLE =
  /^(?:af|al|av|bin|da|das|de|degli|dei|del|della|den|der|des|di|do|dos|du|el|ibn|la|le|ten|ter|van|vom|von|y|zu|zum|zur|'t|d’|d')$/;

const SUFFIX = /^(?:jr|sr|ph\.?d|m\.?d|esq|ii|iii|iv)\.?$/i;

const INITIALS = /^(?:\p{Lu}\.?[\s-]?){1,4}$/u;

/** Several names as one text, which `readNames` parts again: by semicolons where a name has a comma in it. */
export const joinNames = (names: readonly string[]): string => names.join(names.some((name) => name.includes(',')) ? '; ' : ', ');

/**
 * The names in what a document says of its authors. They are parted by semicolons, else by “and”, else by commas; a comma can also stand
 * between family name and given name (“Doe, Jane”), which is told by the words beside it. What stands in braces is one whole, as in BibTeX.
 */
export function readNames(authors: string): Name[] {
  const whole: string[] = [];
  // A private character stands for what is in braces, so that nothing parts it.
  const text = authors.replace(/\{([^{}]*)\}/g, (_, name: string) => `\uE000${whole.push(name.trim()) - 1}\uE001`);
  return partNames(text)
    .map((name) => name.replace(/\s+/g, ' ').trim())
    .filter((name) => /[\p{L}\p{N}\uE000]/u.test(name))
    .map((name) => {
      const literal = name.replace(/\uE000(\d+)\uE001/g, (_, index: string) => whole[Number(index)] ?? '');
      return literal === name ? readName(name) : { literal };
    })
    .filter((name) => name.literal !== '');
}

function partNames(text: string): string[] {
  if (/[;；、，]/.test(text)) return text.split(/[;；、，]/);
  const joined = text.split(/,?\s+(?:and|&)\s+/i);
  const parts = joined.map((part) => part.split(/,\s*/).filter((piece) => piece.trim() !== ''));
  const last = parts.at(-1) ?? [];
  // “Doe, Jane and Roe, John”, and not “Doe, Roe and Poe”.
  if (joined.length > 1) return last.length > 1 ? parts.flatMap(joinInverted) : parts.flat();
  return joinInverted(last);
}

/** Pieces between commas as names: each by itself, or family name and given name in turn. */
function joinInverted(pieces: readonly string[]): string[] {
  const names: string[] = [];
  for (const piece of pieces) {
    const before = SUFFIX.test(piece.trim()) ? names.pop() : undefined;
    names.push(before === undefined ? piece : `${before} ${piece.trim()}`);
  }
  const isOneWord = (piece: string) => !piece.trim().includes(' ');
  const isPair = names.length === 2 && names.some(isOneWord) && !names.some((name) => INSTITUTION.test(name));
  const hasInitials = names.length % 2 === 0 && names.every((name, index) => index % 2 === 0 || INITIALS.test(name.trim()));
  if (!isPair && !hasInitials) return names;
  return names.flatMap((name, index) => (index % 2 === 0 ? [`${name}, ${names[index + 1] ?? ''}`] : []));
}

/** One name, “Jane Doe” or “Doe, Jane”. */
function readName(name: string): Name {
  const [family = '', ...given] = name.split(/,\s*/);
  if (given.length > 0) return given.join(' ') === '' ? { literal: family } : { family, given: given.join(' ') };
  const words = name.split(' ');
  if (words.length === 1 || INSTITUTION.test(name) || /^the /i.test(name)) return { literal: name };
  let from = words.length - 1;
  if (SUFFIX.test(words[from] ?? '') && from > 1) from -= 1;
  while (from > 1 && PARTICLE.test(words[from - 1] ?? '')) from -= 1;
  return { family: words.slice(from).join(' '), given: words.slice(0, from).join(' ') };
}
