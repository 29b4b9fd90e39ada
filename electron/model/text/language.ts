/** The commonest short words of the languages that are hyphenated, or share their script with others; each is rare in most of the others. */
const COMMON_WORDS: Readonly<Record<string, string>> = {
  ar: 'في من على أن إلى هذا التي عن لا ما كان هو مع كل الذي هذه أو لم بين ذلك',
  cs: 'a se na je v že s z do to jsem jako ale pro za byl jeho která které',
  da: 'og i at det er en på af til med den ikke der for som han var et',
  de: 'und der die das ist nicht ein eine zu mit den von sich auf dem für des auch',
  en: 'the of and to in is that it was for with as his he on be by are this',
  es: 'de la que el en y los se del las un por con una su para es no',
  fa: 'و در به از که این را با است برای آن یک خود تا بر هم نیز می شود بود',
  fr: 'de la le et les des en un du une que est dans qui par pour au il sur',
  hi: 'के का में है की से को और पर ने यह हैं कि एक भी था नहीं हो कर इस',
  it: 'di e che il la in un per non una è del si con della i le da sono',
  nl: 'de en van het een in is dat op te zijn met voor niet aan er die',
  pl: 'i w na z się nie do to że jest o jak po ale przez był co jego',
  pt: 'de que e o a do da em um para é com não uma os no se na por',
  ru: 'и в не на я что он с как а то все она так его но они к у',
  sv: 'och i att det som en på är av för med den till inte om han har ett',
  uk: 'і в не на що я з у та до як це він але за його по був від',
};

const commonWords = Object.entries(COMMON_WORDS).map(([language, words]) => ({ language, words: new Set(words.split(' ')) }));

/** The languages that have a script almost by themselves. Japanese has Chinese characters too, and so comes before Chinese. */
const OWN_SCRIPTS: readonly (readonly [language: string, script: RegExp])[] = Object.entries({
  el: 'Greek',
  he: 'Hebrew',
  hy: 'Armenian',
  ka: 'Georgian',
  th: 'Thai',
  lo: 'Lao',
  km: 'Khmer',
  my: 'Myanmar',
  bo: 'Tibetan',
  si: 'Sinhala',
  bn: 'Bengali',
  pa: 'Gurmukhi',
  gu: 'Gujarati',
  or: 'Oriya',
  ta: 'Tamil',
  te: 'Telugu',
  kn: 'Kannada',
  ml: 'Malayalam',
  ko: 'Hangul',
  zh: 'Han',
}).map(([language, script]) => [language, new RegExp(`\\p{Script=${script}}`, 'gu')]);
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/gu;

/** So many letters tell a script, and this part of all letters, in hundredths, must be of it; of Japanese so many are kana at least. */
const FEWEST_LETTERS = 30;
const SCRIPT_SHARE = 60;
const KANA_SHARE = 10;

/** Words of the sample that must be among the commonest of a language, in hundredths, and how far ahead of the next language. */
const SHARE = 12;
const LEAD = 1.25;
const FEWEST_WORDS = 30;

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** The language of a text whose letters are of a script that hardly another language is written in. */
function languageOfScript(text: string): string | undefined {
  const letters = countOf(text, /\p{L}/gu);
  if (letters < FEWEST_LETTERS) return undefined;
  const kana = countOf(text, KANA);
  const isMost = (count: number): boolean => count * 100 >= SCRIPT_SHARE * letters;
  if (kana * 100 >= KANA_SHARE * letters && isMost(kana + countOf(text, /\p{Script=Han}/gu))) return 'ja';
  return OWN_SCRIPTS.find(([, script]) => isMost(countOf(text, script)))?.[0];
}

/**
 * The language (ISO 639-1) that a text is in, by its script where that is hardly another's, else by its commonest words, as Grefenstette 1995 ("Comparing two language identification
 * schemes") does with short words; `undefined` when it is short, or nothing stands out.
 */
export function guessLanguage(text: string): string | undefined {
  const own = languageOfScript(text);
  if (own !== undefined) return own;
  const words = text.toLowerCase().match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];
  if (words.length < FEWEST_WORDS) return undefined;
  const counts = commonWords
    .map(({ language, words: common }) => ({ language, count: words.filter((word) => common.has(word)).length }))
    .sort((a, b) => b.count - a.count);
  const [first, second] = counts;
  if (!first || !second || first.count * 100 < SHARE * words.length || first.count < LEAD * second.count) return undefined;
  return first.language;
}

/** The direction of a text by its first letter, or a mark before that, as `dir="auto"` has it. */
export const directionOf = (text: string): 'ltr' | 'rtl' =>
  /^[^\p{L}\u200e\u200f]*[\u200f\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text)
    ? 'rtl'
    : 'ltr';
