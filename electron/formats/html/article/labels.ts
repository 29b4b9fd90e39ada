import { findDate } from '../../dates';

/** UTF-16 code units of the longest line that is taken for a label, and of the longest notice. */
const LONGEST_LABEL = 90;
const LONGEST_NOTICE = 420;
/** UTF-16 code units of a paragraph that is a notice though only a part of it is about the site. */
const SHORT_NOTICE = 140;
/** The share of a longer paragraph that its sentences about the site have at least where it is a notice. */
const NOTICE = 0.45;

/** How lines begin that lead away from an article or stand below it, in the languages of most pages. */
const labels: readonly string[] = [
  // German
  ...[
    'mehr (?:zum|dazu|themen|aus|von|infos?|artikel|beiträge|über|auf)',
    'weitere (?:informationen|infos?|beiträge|artikel|themen|links|meldungen|nachrichten|tipps)',
    'weiterführende',
    '(?:lesen|sehen|hören) sie (?:auch|mehr|weiter|hier|dazu)',
    'lies (?:auch|mehr)',
    'lesetipp',
    '(?:auch|ebenfalls) (?:interessant|lesenswert)',
    'das könnte',
    'passend(?:e|er|es)? (?:zum|artikel|beiträge|dazu)',
    'ähnliche',
    'verwandte',
    'zum thema\\b',
    'themen\\b',
    'schlagw',
    'kategorien?\\b',
    '(?:(?:artikel|beitrag|seite) )?(?:teilen|drucken|empfehlen|weitersagen)',
    'möchten sie (?:den|diesen)',
    'kommentare?\\b',
    'quelle\\b',
    'foto\\b',
    'bild(?:quelle|nachweis)?:',
    'bild(?:er)? (?:via|anzeigen|vergrößern)\\b',
    'bei fragen\\b',
    'als pdf\\b',
    'über d(?:en|ie) autor',
    'anzeige\\b',
    'werbung\\b',
    'empfohlen',
    'empfehlungen',
    'neueste',
    'aktuelle (?:beiträge|artikel)',
    'meistgelesen',
    'folgen? (?:sie|uns)',
    'jetzt (?:abonnieren|anmelden|bestellen|lesen)',
    'lust auf mehr',
    'schon gelesen\\b',
    '(?:zum )?weiterlesen\\b',
    'das thema könnte',
    'kenn(?:t ihr|en sie|st du) schon',
    '(?:beitrags|titel)bild\\b',
    'zur startseite',
    'zurück\\b',
    'weiter zu\\b',
    'ihr kommentar',
    'veröffentlicht\\b',
    'dieser (?:beitrag|eintrag) wurde',
    'der beitrag wurde',
    'hat dir',
    'gefällt dir',
    'bildrechte',
    'unterstütze? ',
    'lesezeit',
    'stand\\b',
    'aktualisiert',
    'zuletzt (?:geändert|aktualisiert)',
    'autor(?:in|en)?\\b',
    'ein (?:artikel|beitrag|gastbeitrag) von',
    'alle (?:artikel|beiträge|infos|kommentare)',
    'nächste[rs]? ',
    'vorherige[rs]? ',
    'vorige[rs]? ',
    'drucken',
    'senden',
    'merken',
    'schreib(?:e|en sie) ',
    'kontakt\\b',
    'ansprechpartner',
    'pressekontakt',
    'rückfragen',
    'impressum',
    'datenschutz',
    'newsletter',
    'registrieren',
    'anmelden',
    'abonnieren',
    'kostenlos',
    'gratis',
    'inhaltsverzeichnis',
    'inhalt\\b',
    'das interessiert',
    'top(?:-| )?themen',
    'neu auf',
    'schlagworte',
    'stichworte',
    'tags',
    'rubrik',
    'herausgeber',
    'bildergalerie',
    'galerie',
    'video:',
    'podcast',
    'downloads?\\b',
    '(?:pdf|download)\\b',
    'links?:',
    'weblinks',
    'werde mitglied',
    'auch lesen',
    'hier (?:das|der|die|geht|finden)',
    'informationen zu',
  ],
  // English
  ...[
    'related\\b',
    'read (?:more|next|also|this|on)',
    'more (?:from|on|stories|news|like this|about|by)',
    'you (?:might|may) (?:also )?(?:like|enjoy|be)',
    'recommended',
    'popular',
    'trending',
    'most (?:read|popular|recent)',
    'share\\b',
    'tags?\\b',
    'categories',
    'filed under',
    'comments?\\b',
    'leave a',
    'subscribe',
    'sign up',
    'follow (?:us|me)',
    'about the author',
    'advertisement',
    'sponsored',
    '(?:photo|image|picture)s?(?: by| credits?|:)',
    'credits?:',
    'source:',
    'posted (?:in|by|on)',
    'copyright\\b',
    'all rights',
    'print this',
    'back to',
    'previous\\b',
    'next\\b',
    'up next',
    'like this',
    'support (?:us|our)',
    'download the',
    'click here to',
    'last (?:modified|updated)',
    'updated\\b',
    '\\d+ min(?:ute)?s? read',
    'reading time',
    'written by',
    'image via',
    'getty',
    'reuters\\b',
    'shutterstock',
    'istock',
    'screenshot:',
    'view (?:all|comments|more)',
    'show (?:more|comments)',
    'load more',
    'sign in',
    'log in',
    'register\\b',
    'table of contents',
    'loading',
    'skip to',
    'permali(?:nk|en)',
    'report (?:an )?error',
    'get (?:the|our)',
    'our (?:newsletter|app)',
    'join (?:us|our|the)',
    'donate',
    'have a (?:tip|question)',
    'this (?:article|story|post) (?:was|is|has|appeared|originally)',
    'contact\\b',
    'don.t miss',
    'watch:',
    'explore (?:further|more)',
    'category\\s*:',
  ],
  // French, Spanish, Italian, Portuguese
  ...[
    'lire (?:aussi|également|plus|la suite)',
    '[àa] lire',
    'voir (?:aussi|également)',
    'articles? (?:liés|similaires|récents)',
    'sur le même',
    'partage[rz]',
    'commentaires?',
    'mots.clés',
    'en savoir plus',
    'abonne',
    'suivez',
    'lea(?: más)?:',
    '(?:lea|lee|leer|ver|vea|mira) (?:también|además|más)',
    '(?:te|le) puede interesar',
    '(?:noticias?|notas?) relacionad',
    'relacionad',
    'más (?:noticias|sobre|información)',
    'lo más',
    '(?:mir[ae]|vea|lee|lea|puedes? ver)\\s*:',
    'mira lo que',
    '(?:crédits? photos?|créditos?)\\s*:?',
    '(?:audios|photos|vidéos) .{0,20}sur le sujet',
    'compart',
    'etiquetas',
    'comentarios',
    's[íi]guenos',
    'suscr',
    'leggi anche',
    'potrebbe',
    'correlat',
    'condividi',
    'commenti',
    'leia (?:também|mais)',
    'veja também',
    'comentários',
    'publicidad',
  ],
  // Polish, Dutch
  ...[
    'czytaj (?:też|także|więcej|również)',
    '(?:zobacz|przeczytaj) (?:też|także|również|więcej)',
    'polecamy',
    'udostępnij',
    'komentarze',
    'tagi\\b',
    'czytasz (?:teraz|właśnie)',
    'reklama\\b',
    'więcej\\b',
    'źródło',
    'fot\\.',
    'lees (?:ook|meer|verder)',
    'gerelateerd',
    'reacties',
    'reageer',
  ],
];
const labelPattern = new RegExp(`^[\\s\\p{P}\\p{S}]*(?:${labels.join('|')})`, 'iu');

/** A whole sentence is rather one of the article. */
const SENTENCE = /^(?:\S+\s+){5,}\S+[.。]$/u;

/** What a short paragraph says that is about the site and not about its subject. */
const notice =
  /newsletter|\bsubscri(?:be|ption)|\babonn(?:ieren|ement|ez)|\bsuscr[ií]b|©|all rights reserved|alle rechte vorbehalten|sign up (?:for|to|here)|(?:download|get) the .{1,40}\bapps?\b|with the .{1,30}\bapp\.$|cookies? (?:policy|verwend|zu|and)|datenschutzerklärung|folge(?:n sie)? uns|follow (?:us|me|.{2,40}) on (?:twitter|instagram|facebook|x\b|social)|canal de (?:telegram|youtube|whatsapp)|if you enjoyed (?:reading )?this|this (?:post|article) contains (?:affiliate|references)|(?:beitrag|artikel|post|seite) enthält .{0,20}(?:werbung|werbelinks|affiliate)|gefällt (?:dir|ihnen)|subskrypcji|prawem autorskim|opinions? expressed|gibt die meinung|\baffiliate[ -]?(?:links?|partner|program|disclos|market)|(?:be|are|were|you.re|not) logged in|logged in (?:to|as)|(?:bist|sind|seid|nicht|sie) .{0,30}eingeloggt|eingeloggt (?:sein|bist|sind|bleiben)|leave a comment|möchten sie (?:den|diesen) artikel|artikel gefallen|sie lesen gern|(?:fan|online)-?shop|hazte miembro|never miss|ohne gewähr|not responsible for|sofern nicht anders|become a member|give us feedback|spende(?:n sie)?\b.{0,40}(?:konto|unterstütz|hilft|helfen)|wesprzyj|unterstützen sie|dieser text entspricht|opens in a new/i;

/** Whether the line that a block is leads away from an article or tells of it: “Related”, “Share”, “Read more: …”. */
export const isLabel = (text: string): boolean => text.length <= LONGEST_LABEL && labelPattern.test(text) && !SENTENCE.test(text);

/** Lines that are all of a heading above what readers wrote, or where they can write. */
const comments =
  /^(?:\d+\s+)?(?:(?:reader |leser)?comments?|(?:leser)?kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties|komentarze|комментарии|отзывы|responses|leave a (?:reply|comment)|add (?:a|your) comment|schreiben? sie einen kommentar|schreibe einen kommentar|kommentare? (?:verfassen|schreiben|hinterlassen|abgeben)|dej[ae] un comentario|laisser un commentaire|deixe um comentário|lascia un commento|dodaj komentarz|コメント|评论|評論)\s*(?:\(?\d+\)?|(?:to|on|zu) [“"«„].*)?\s*[:.]?$/iu;

/** Lines that are all of a heading above what is to be read on other pages. */
const elsewhere =
  /^(?:related (?:stories|articles|posts|news|content|topics|links)|more (?:great )?(?:\S+ ){0,2}(?:stories|articles|posts|news)|more (?:from|on|about) .{1,30}|you (?:may|might|.ll) also (?:like|enjoy|be interested in)|recommended(?: for you| reading| stories| articles)?|read (?:more|next|also)|weitere (?:artikel|beiträge|meldungen|nachrichten|themen)(?: .{1,30})?|ähnliche (?:artikel|beiträge)|mehr (?:zum thema|artikel|aus .{1,30}|von .{1,30})|verwandte (?:artikel|beiträge|themen)|das könnte (?:sie|dich|ihnen|dir) .{1,30}|lesen sie auch|auch interessant|passend zum thema|articles? (?:similaires|liés)|(?:à lire|voir) aussi|sur le même (?:sujet|thème)|(?:te|le) puede interesar|(?:artículos|noticias|notas) relacionad[ao]s|leggi anche|potrebbe (?:interessarti|piacerti)(?: anche)?|articoli correlati|leia (?:também|mais)|veja também|você (?:também )?pode gostar|(?:czytaj|zobacz) (?:też|także|również)|polecamy|lees ook|gerelateerde? (?:artikelen|berichten)|читайте также|похожие (?:статьи|записи))[\s:.…]*$/iu;

/** What a line that ends an article announces: what readers wrote of it, or what is to be read elsewhere; `undefined` for any other line. */
export const endingOf = (text: string): 'comments' | 'elsewhere' | undefined => {
  if (text.length > LONGEST_LABEL) return undefined;
  return comments.test(text) ? 'comments' : elsewhere.test(text) ? 'elsewhere' : undefined;
};

/** Whether a block of an article is a notice of its site: an invitation to subscribe, a copyright. */
export function isNotice(text: string): boolean {
  if (text.length > LONGEST_NOTICE || !notice.test(text)) return false;
  // Of a picture: whose it is stands below what it shows.
  if (text.length <= SHORT_NOTICE || text.includes('©')) return true;
  const said = text.split(/(?<=[.!?…])\s+/u).filter((sentence) => notice.test(sentence));
  return said.length === 0 || said.join(' ').length >= NOTICE * text.length;
}

/** UTF-16 code units of the longest line that can tell when something was written, and the share of it that is about that. */
const LONGEST_BYLINE = 80;

const WHEN =
  /\d{1,2}[.:/]\s?\d{1,2}(?:[./]\s?(?:\d{4}|\d{2}))?|\b(?:19|20)\d\d\b|\p{L}+(?:day|tag|woch)\b|\b\d{1,2}\.?(?=\s+\p{L}{3})|\b(?:uhr|am|pm|um|min(?:uten|utes)?|lesezeit|reading time|read|stand|aktualisiert|updated|published|veröffentlicht|posted|datum|date|on|von|by|vom)\b|\b(?:jan|feb|mar|mär|apr|ma[yi]|jun|jul|aug|sep|o[ck]t|nov|de[cz])\p{L}*/giu;

/** Whether a line tells when, and by whom, something was written, and no more. */
export function isByline(text: string): boolean {
  if (text.length > LONGEST_BYLINE || !/\d/.test(text)) return false;
  return text.replace(WHEN, '').replace(/[^\p{L}\p{N}]/gu, '').length < (findDate(text) ? 0.5 : 0.1) * text.length;
}
