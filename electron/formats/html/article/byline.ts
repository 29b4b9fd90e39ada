import { titleKey } from '#model';

/** The names of authors, from the first source that names any which are no name of the site, else the site as what it says it is: the author. */
export function bylineNames(sources: readonly (readonly string[])[], sites: readonly string[]): string[] | undefined {
  const keys = sites.map(titleKey);
  const isSite = (name: string): boolean => {
    const key = titleKey(name);
    return keys.some((site) => site === key || (key.length >= SHORTEST_SITE && site.includes(key)));
  };
  const all = sources.map((source) =>
    [...new Set(source.slice(0, MOST).flatMap((byline) => namesIn(withoutSite(byline.slice(0, LONGEST), isSite))))].filter(
      (name) => !isNobody(name),
    ),
  );
  const persons = all.map((names) => names.filter((name) => !isSite(name))).filter((names) => names.length > 0);
  const first = persons[0]?.map((name) => fullerName(name, persons.flat()));
  // Of those who wrote together some sources name one; an agency has no first name.
  return (
    persons.find(
      (names) =>
        first &&
        names.length > first.length &&
        first.every((name) => names.includes(name)) &&
        names.every((name) => name.includes(' ') || /^\p{Lu}{3,}$/u.test(name)),
    ) ??
    first ??
    all.find((names) => names.length > 0)
  );
}

/** A name as another source has it in full, where this one has only the first of its words, or all of them as one. */
const fullerName = (name: string, others: readonly string[]): string =>
  (/\s/.test(name)
    ? undefined
    : others.find((other) => WHOLE.test(other) && (other.startsWith(`${name} `) || titleKey(other) === titleKey(name)))) ?? name;

/** Two or three words that are written as names are. */
const WHOLE = /^\p{Lu}[\p{L}'’.-]+(?:\s\p{Lu}[\p{L}'’.-]+){1,2}$/u;

/** A byline without the name of the site at its beginning: “The Daily - Ann Miller”. */
const withoutSite = (byline: string, isSite: (name: string) => boolean): string =>
  byline.replace(/^\s*(\S.{0,60}?)\s+[-–—|]\s+(?=\S)/u, (all, site: string) => (isSite(site) ? '' : all));

/** Bylines of a source, and UTF-16 code units of each, that are looked at. */
const MOST = 200;
const LONGEST = 500;

/** Letters and figures from which on a name that is a part of the site's is that. */
const SHORTEST_SITE = 5;

const LEADING =
  /^\s*(?:(?:[Zz]eige )?[Aa]lle (?:Beiträge|Artikel) von\s+|[Aa]lles von\s+|(?:[Vv]iew all )?[Pp]osts by\s+|Beitragvon\s+|\S+-(?:Expert(?:e|in)|Autor(?:in)?|Redakteur(?:in)?|Reporter(?:in)?|Korrespondent(?:in)?)\s+(?=\p{Lu})|(?:(?:(?:\p{Ll}+|\p{L}*(?:stellt|fasst|schrieben|öffentlicht|artikel|Artikel|beitrag|Beitrag|mitteilung|kommentar|Kommentar|bericht|Bericht|Edited|Posted|Written|Published))\s+){0,3}(?:von|by|par|por|di|door|przez)(?=[\s:]|\p{Lu})|autor(?:in|en)?|author|auteur|text(?:\s+und\s+\p{L}+)?|interview|redakteur(?:in)?|redaktion|fotos?|words|story)(?:\s*:\s*|\s+|(?=\p{Lu})))+|^\s*@/u;
/** What follows a name: a date, a place, a remark. */
const TRAILING =
  /\s*(?:\(.*|[|•·–—»›→].*|\s@.*|\s(?:illustrations?|illustrationen|fotos?|photos?|photography|bilder|grafik(?:en)?)\b.*|\s-(?:\s.*|$)|,?\s+(?:am|on|le|el|vom|at|stand:|updated|aktualisiert|veröffentlicht|published|posted|übersetzt|translated|follow|view|staff|senior|editor\b|leiter(?:in)?|redakteur(?:in)?|freie[rn]?|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b.*|,?\s+(?:mo|di|mi|do|fr|sa|so)\.?,?(?=$|\s\d).*|,?\s*\d{1,2}[.:/].*|[,\s]\s*\d.*)$/iu;

/** The single names of a byline: “By Ann Miller and Bob Smith, 3 May 2021” has two. */
function namesIn(byline: string): string[] {
  const text = uncapitalised(byline.replace(/\s+/g, ' ').trim()).replace(LEADING, '').replace(TRAILING, '');
  return text
    .split(/\s*[;,&]\s*|\s+(?:und|and|et|y|e|i)\s+(?=\p{Lu})/u)
    .map((name) => name.replace(LEADING, '').replace(TRAILING, '').trim())
    .filter((name) => name !== '');
}

/** A byline whose first word is one of those that lead to a name has it in lower case, as the patterns do. */
const uncapitalised = (text: string): string =>
  text.replace(
    /^(?:(?:Ein )?\p{L}+ )?(?:Von|By|BY|VON|Par|Por|Di|Door)(?=[\s:])|^(?:Autor(?:in|en)?|Author|AUTHOR|Auteur|Text|Interview|Redakteur(?:in)?|Redaktion|Fotos?|Words|Story)(?=\s*:|\p{Lu}|\s+(?:von|by|und))/u,
    (word) => word.toLowerCase(),
  );

const isNobody = (name: string): boolean =>
  name.length > 70 ||
  /^(?:admin\w*|author|veröffentlicht|publiziert|(?:published|posted|written|updated)(?: by)?|by|von|follow|zuletzt geändert|\d+ (?:min|sec|sek)\w*|autor|no author|unknown|anonymous|guest|webmaster|redaktion\w*@.*|https?:.*|\S+@\S+|#.*|undefined|null|phd|dr\.?)$/i.test(
    name,
  ) ||
  /:$/.test(name) ||
  !/\p{L}/u.test(name);
