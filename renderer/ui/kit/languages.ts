/** Languages that a document is likely to be in (BCP 47). */
const common = (
  'af am ar az be bg bn bs ca cs cy da de el en en-GB en-US eo es et eu fa fi fil fr ga gl gu ha he hi hr hu hy id ig is it ja ka kk km kn ko ky la ' +
  'lo lt lv mk ml mn mr ms mt my nb ne nl nn pa pl ps pt pt-BR ro ru rw sa sd si sk sl so sq sr sv sw ta te tg th tk tr uk ur uz vi xh yi yo zh-Hans zh-Hant zu'
).split(' ');

const names = new Intl.DisplayNames('en-GB', { type: 'language' });

/** A language's name in English, as “German”; the tag itself where it has none. */
export const nameOfLanguage = (tag: string): string => {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
};

/** Languages to choose from, by name; `present` is one of them. */
export function languageOptions(present: string): { tag: string; name: string }[] {
  const tags = present === '' || common.includes(present) ? common : [...common, present];
  return tags.map((tag) => ({ tag, name: nameOfLanguage(tag) })).sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
