import { attributeOf, type HtmlElement } from '../tree';

/** What the names of an element say of it: its own, its role, its classes, its id. */
export type Said =
  /** It is no part of any article. */
  | 'outside'
  /** It belongs to an article that stands near it. */
  | 'part'
  /** It is none where it looks like none. */
  | 'doubtful'
  /** It is an article, or stands right around one. */
  | 'article'
  | undefined;

const outsideElements: ReadonlySet<string> = new Set(['nav', 'footer', 'aside', 'dialog', 'menu', 'search', 'label', 'legend']);
const outsideRoles: ReadonlySet<string> = new Set([
  ...['navigation', 'complementary', 'contentinfo', 'banner', 'search', 'dialog', 'alertdialog', 'alert', 'menu', 'menubar', 'toolbar'],
]);

/** Words of class names and ids; a name of several words is found where these stand one after the other, one that ends in `*` begins a word. */
const wayNames: readonly string[] = [
  ...[
    'nav',
    'navi',
    'navbar',
    'navigation*',
    'subnav',
    'navigator',
    'menu',
    'submenu',
    'menue',
    'breadcrumb*',
    'crumb',
    'crumbs',
    'pagination',
    'pager',
    'paginator',
    'page links',
    'sitemap',
  ],
  ...[
    'skip link',
    'toolbar',
    'topbar',
    'side bar',
    'sidebar*(?! (?:content|main))',
    'rightbar',
    'leftbar',
    'right column',
    'right col',
    'rail',
    'footer*',
    'entryfooter',
    'foot',
    'masthead',
    'site header',
    'header nav',
    'prev next',
    'next prev',
    'post navigation',
    'nav links',
  ],
];
/** Of what shares a page, and holds no text of its own. */
const sharingNames: readonly string[] = [
  ...[
    'share',
    'sharing',
    'shares',
    'sharebar',
    'sharedaddy',
    'sharer',
    'shariff',
    'sociable',
    'social',
    'socials',
    'socialmedia',
    'addthis',
    'addtoany',
    'a2a kit',
    'heateor',
    'followers',
    'facebook',
    'twitter',
    'pinterest',
    'likes',
    'like button',
    'jp likes',
    'embed code',
    'printfriendly',
    'bookmarks',
  ],
];
const outsideNames: readonly string[] = [
  ...wayNames,
  // Others' pages
  ...[
    'related*',
    'jp relatedposts',
    'recommend*',
    'recirc*',
    'readmore',
    'read more',
    'read next',
    'readnext',
    'nextread',
    'next read',
    'more stories',
    'more from',
    'more news',
    'similar',
    'yarpp',
    'outbrain',
    'taboola',
    'plista',
    'popular',
    'most read',
    'mostread',
    'trending',
    'recent posts',
    'recent articles',
    'interesting articles',
    'up next',
    'also like',
    'teasers',
    'teaserlist',
    'linklist',
    'link list',
    'linkbox',
    'linksbox',
    'topnews',
    'savoir plus',
    'next story',
    'nextstory',
    'next post',
    'nextpost',
    'prev post',
    'prevpost',
  ],
  ...sharingNames,
  // What readers write
  ...[
    'comment',
    'comments',
    'commentlist',
    'commentform',
    'comment form',
    'kommentar*',
    'respond',
    'disqus*',
    'reply',
    'replies',
    'guestbook',
    'rating',
    'ratings',
    'vote',
    'voting',
    'votes',
    'poll',
    'feedback',
    'reportar error',
  ],
  // What is sold
  ...[
    'advert*',
    'adsense',
    'adslot',
    'adbox',
    'anzeige',
    'werbung',
    'sponsor',
    'sponsored',
    'sponsors',
    'promo',
    'promotion',
    'promobox',
    'newsletter*',
    'news letter',
    'subscribe',
    'subscription*',
    'assinatura',
    'signup',
    'sign up',
    'login',
    'registration',
    'donate',
    'donation',
    'affiliate',
    'cta',
    'cta3',
    'call to action',
    'abowerbung',
    'abobox',
    'appstores',
    'app section',
    'disclosure',
    'cart',
    'marketing',
    'popup*',
    'modal',
    'overlay',
    'lightbox',
  ],
  // About the page
  ...[
    'cookie*',

    'cmpbox*',
    'borlabs*',
    'usercentrics*',
    'onetrust*',
    'tarteaucitron*',
    'privacy',
    'datenschutz',
    'consent',
    'gdpr',
    'dsgvo',
    'tooltip',
    'disclaimer',
    'copyright',
    'licence info',
    'license',
    'imprint',
    'impressum',
    'legal',
    'author box',
    'author bio',
    'author info',
    'author description',
    'author container',
    'authorbox',
    'author profile',
    'about author',
    'about the author',
    'abh box',
    'post author',
    'author card',
    'm author',
    'byline',
    'postmeta',
    'postmetadata',
    'post meta',
    'entry meta',
    'entry utility',
    'post info',
    'postinfo',
    'article info',
    'timestamp',
    'dateline',
    'tags',
    'taglist',
    'tagcloud',
    'tag cloud',
    'tag list',
    'post tags',
    'entry tags',
    'categories',
    'cat links',
    'keywords',
    'language switcher',
    'lang switcher',
    'screen reader text',
    'screen reader',
    'visuallyhidden',
    'hide completely',
    'aural',
    'off screen',
    'offscreen',
    'element invisible',
    'assistive text',
    'visually hidden',
    'sr only',
    'screenreader',
    'noprint',
    'no print',
    'hidden print',
    'editsection',
    'headerlink',
    'heading anchor',
    'anchor link',
    'anchorjs link',
    'catlinks',
    'navbox',
    'printfooter',
    'mw jump',
    'searchform',
    'search form',
    'accessibility',
  ],
];

/** Names of what can be part of an article as well: outside where it holds no prose, or much of it links. */
const doubtfulNames: readonly string[] = [
  ...[
    'paywall*',
    'ad',
    'ads',
    'adv',
    'teaser',
    'widget',
    'widgets',
    'meta',
    'metadata',
    'follow',
    'print',
    'bookmark',
    'discussion',
    'reviews',
    'shop',
    'credits',
    'toc',
    'search',
    'player',
    'slider',
    'carousel',
    'swiper',
    'latest',
    'author',
    'info',
    'infobox',
    'factbox',
    'citation',
    'register',
    'other info',
    'date',
    'time',
    'box',
  ],
];

const articleNames: readonly string[] = [
  ...[
    'article body',
    'articlebody',
    'article content',
    'articlecontent',
    'article text',
    'articletext',
    'article main',
    'entry content',
    'entrycontent',
    'entry body',
    'entry text',
    'post content',
    'postcontent',
    'post body',
    'postbody',
    'post text',
    'posttext',
    'post entry',
    'postentry',
    'story body',
    'storybody',
    'story content',
    'story text',
    'content body',
    'contentbody',
    'body text',
    'bodytext',
    'body copy',
    'text content',
    'blog content',
    'single content',
    'news content',
    'page content',
    'main content',
    'maincontent',
    'mw parser output',
    'mw content text',
    'td post content',
    'field body',
    'field name body',
    'rich text',
    'richtext',
  ],
];

const patternOf = (names: readonly string[]): RegExp => new RegExp(` (?:${names.join('|').replaceAll('*', '[\\p{L}\\d]*')}) `, 'u');
const outsidePattern = patternOf(outsideNames);
const sharingPattern = patternOf(sharingNames);
const otherOutsidePattern = patternOf(outsideNames.filter((name) => !sharingNames.includes(name)));
const wayPattern = patternOf(wayNames.filter((name) => !/^(?:foot|entryfooter|post navigation)/.test(name)));
/** Names of what belongs to an article though it may be no prose. */
const partNames: readonly string[] = [
  ...[
    'lead',
    'lede',
    'intro',
    'introduction',
    'einleitung',
    'vorspann',
    'standfirst',
    'perex',
    'chapo',
    'excerpt',
    'abstract',
    'preface',
    'dek',
    'deck',
    'subtitle',
    'subheadline',
    'subheading',
    'sapo',
    'ingredient*',
    'zutat*',
    'instructions',
  ],
];

const partPattern = patternOf(partNames);
const doubtfulPattern = patternOf(doubtfulNames);
const articlePattern = patternOf(articleNames);

/** The words of a class name or id, in lower case: `postShare_buttons` has three. */
const wordsOf = (name: string): string =>
  ` ${name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean)
    .join(' ')} `;

export const namesOf = (element: HtmlElement): string[] =>
  [...(attributeOf(element, 'class') ?? '').split(/\s+/), attributeOf(element, 'id') ?? '']
    .filter((name) => name !== '' && !/^(?:(?:has|no|with|without|is|js|u|tag|category)[-_]|(?:is|has)[A-Z])/.test(name))
    .map(wordsOf);

/** Elements that hold a text itself, whatever they are called: a tweet that is quoted has the class of a button for tweets. */
const texts: ReadonlySet<string> = new Set([
  'blockquote',
  'body',
  'h1',
  'h2',
  'h3',
  'h4',
  'pre',
  'q',
  'table',
  'tbody',
  'tr',
  'em',
  'strong',
  'b',
  'i',
  'code',
]);

/** What tables of MediaWiki lead elsewhere. */
const navigationTables = / (?:navbox|vertical navbox|navbox vertical|sidebar|ambox|metadata|mbox small) /;

/** Whether an element holds ways about the site, and nothing that is of one page. */
export const isWayAbout = (element: HtmlElement): boolean =>
  element.name === 'nav' ||
  /^(?:navigation|menu|menubar|search)$/i.test(attributeOf(element, 'role')?.trim() ?? '') ||
  (!texts.has(element.name) && namesOf(element).some((name) => wayPattern.test(name)));

/** Whether a part of a heading is no word of it: a way to edit what is below it, or to link to it. */
export const isToolOfHeading = (element: HtmlElement): boolean =>
  namesOf(element).some((name) => / (?:editsection|headerlink|heading anchor|anchor link|anchorjs link) /.test(name));

/** Whether an element is outside only by the name of what shares a page: where it holds much of the text, that is shared. */
export function isForSharing(element: HtmlElement): boolean {
  const names = namesOf(element);
  return names.some((name) => sharingPattern.test(name)) && !names.some((name) => otherOutsidePattern.test(name));
}

/** Whether an element holds what a recipe takes, or how it is made. */
export const isRecipePart = (element: HtmlElement): boolean =>
  namesOf(element).some((name) =>
    / (?:ingredients|zutaten|zubereitung|preparation steps|recipe instructions|recipe ingredients?) /.test(name),
  );

/** Whether an element is said to stand around an article. */
export const isArticle = (element: HtmlElement): boolean => saidOf(element) === 'article';

/** What an element is by its names; whether that is so, its text must tell. */
export function saidOf(element: HtmlElement): Said {
  const role = attributeOf(element, 'role')?.trim().toLowerCase() ?? '';
  if (outsideElements.has(element.name) || outsideRoles.has(role)) return 'outside';
  const property = attributeOf(element, 'itemprop') ?? '';
  if (/\barticlebody\b/i.test(property)) return 'article';
  if (/\b(?:author|publisher)\b/i.test(property) && !/^h[1-6]$/.test(element.name)) return 'outside';
  const names = namesOf(element);
  if (texts.has(element.name)) return element.name === 'table' && names.some((name) => navigationTables.test(name)) ? 'outside' : undefined;
  if (names.some((name) => articlePattern.test(name) && !/ (?:footer|header|meta|teaser) /.test(name))) return 'article';
  if (names.some((name) => outsidePattern.test(name))) return 'outside';
  if (names.some((name) => partPattern.test(name))) return 'part';
  if (names.some((name) => doubtfulPattern.test(name))) return 'doubtful';
  return element.name === 'article' || element.name === 'main' || role === 'main' || role === 'article' ? 'article' : undefined;
}
