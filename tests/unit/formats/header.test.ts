import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readHeader, tidyMetadata } from '../../../electron/formats/header';
import { readHtmlMetadata } from '../../../electron/formats/html/metadata';
import { readPageFacts } from '../../../electron/formats/html/page-facts';
import { parseHtml } from '../../../electron/formats/html/tree';
import { titlesOf } from '../../../electron/formats/titles';

describe('the header of a plain text', () => {
  it('is read in the first seed', () => {
    const text = readFileSync('seeds/000_1f77a48d763ee880.txt', 'utf8');
    const { header, metadata, notices } = readHeader(text, 'text');
    expect(header).toEqual({ start: 0, end: 17 });
    expect(metadata).toEqual({ date: '2021-12-03' });
    expect(notices).toEqual([]);
    const body = text.slice(header.end);
    expect(body).toMatch(/^European /);
    expect(titlesOf({ opening: body, metadata, fileName: '000_1f77a48d763ee880.txt' })[0]).toBe(
      'European countries and the United States continue to be very concerned about the increase in tension in eastern Ukraine',
    );
  });

  it.each([
    ['date 2021-12-03 Text', '2021-12-03', 'Text'],
    ['\n date 2021-12-03\n\nText', '2021-12-03', 'Text'],
    ['date 2021-12-03\r\n    indented', '2021-12-03', '    indented'],
    ['date 2021-12-03', '2021-12-03', ''],
    ['date 2021-02-30 Text', undefined, 'date 2021-02-30 Text'],
    ['date 2021-12-033 Text', undefined, 'date 2021-12-033 Text'],
    ['Date: 2018-05-06\n\nText', '2018-05-06', 'Text'],
    ['Date: 2018-05-06\rText', '2018-05-06', 'Text'],
    ['Date: 2018-02-30\nText', undefined, 'Date: 2018-02-30\nText'],
    ['Date: 2018-05-06 was a day', undefined, 'Date: 2018-05-06 was a day'],
    ['The date 2021-12-03 Text', undefined, 'The date 2021-12-03 Text'],
  ])('of %j is %s', (text, date, rest) => {
    const { header, metadata } = readHeader(text, 'text');
    expect(metadata.date).toBe(date);
    expect(text.slice(header.end)).toBe(rest);
  });

  it('is not looked for in other formats', () => {
    expect(readHeader(' date 2021-12-03 Text', 'markdown').metadata).toEqual({});
  });
});

describe('the fields at the top of a plain text', () => {
  const read = (text: string) => {
    const { header, metadata } = readHeader(text, 'text');
    return { ...metadata, rest: text.slice(header.end) };
  };

  it.each([
    [
      'a mail',
      'From: "Ann Example" <ann@example.org>\r\nTo: bob@example.org\r\nSubject: A long\r\n subject\r\nDate: Tue, 5 May 2020 10:00:00 +0200\r\n\r\nText',
      { title: 'A long subject', author: 'Ann Example', date: '2020-05-05', rest: 'Text' },
    ],
    [
      'a mail out of a mailbox',
      'From ann@example.org Tue May  5 10:00:00 2020\nFrom: ann@example.org (Ann)\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= =?utf-8?B?IQ==?=\n\nText',
      { title: 'Grüße!', author: 'Ann', rest: 'Text' },
    ],
    [
      'a mail with a sender without a name',
      'From: ann@example.org\nSubject: =?nothing?Q?x?=\n  \nText',
      { title: '=?nothing?Q?x?=', author: 'ann@example.org', rest: 'Text' },
    ],
    ['notes', 'Title: T\nAuthor: A\nDate: 2018-05-06\n\nText', { title: 'T', author: 'A', date: '2018-05-06', rest: 'Text' }],
    ['notes whose date comes first', 'Date: 2018-05-06\nTitle: T\n\nText', { title: 'T', date: '2018-05-06', rest: 'Text' }],
    ['notes with a date that is none', 'Title: T\nDate: 2018-02-30\n\nText', { title: 'T', rest: 'Title: T\nDate: 2018-02-30\n\nText' }],
    ['fields that are all there is', 'Title: T\nAuthor: A\n', { title: 'T', author: 'A', rest: 'Title: T\nAuthor: A\n' }],
    ['a conversation', 'Ann: Hello\nBob: Hello\n\nText', { rest: 'Ann: Hello\nBob: Hello\n\nText' }],
    ['a text that follows at once', 'Subject: T\nFrom: A\nText goes on', { rest: 'Subject: T\nFrom: A\nText goes on' }],
    [
      'an RFC',
      '\n\nNetwork Working Group                 A. Author\nRequest for Comments: 1234           Somewhere\nCategory: Standards Track            June 1999\n\n\n            A Protocol for\n              Harbours\n\nStatus of this Memo\n',
      { title: 'RFC 1234: A Protocol for Harbours', rest: expect.stringMatching(/^\n\nNetwork/) },
    ],
    [
      'a book of Project Gutenberg',
      'The Project Gutenberg eBook of Ham\n\nThis ebook is for the use of anyone.\n\nTitle: Ham,\n    a Play\n\nAuthor: Will\n\nRelease date: November 1, 1998 [eBook #1]\n\n*** START OF THE PROJECT GUTENBERG EBOOK HAM ***\n\n\nACT I',
      { title: 'Ham, a Play', author: 'Will', date: '1998-11-01', rest: 'ACT I' },
    ],
  ])('are read of %s', (_, text, expected) => {
    expect(read(text)).toEqual({ title: undefined, author: undefined, date: undefined, language: undefined, ...expected });
  });
});

describe('front matter', () => {
  it('gives title, date, author and language', () => {
    const text = '---\ntitle: "A  title"\ndate: 2021-12-03\nauthor: [Ann, Bob]\nlang: en-gb\n---\n# Text\n';
    const { header, metadata, notices } = readHeader(text, 'markdown');
    expect(metadata).toEqual({ title: 'A title', date: '2021-12-03', author: 'Ann, Bob', language: 'en-GB' });
    expect(text.slice(header.end)).toBe('# Text\n');
    expect(notices).toEqual([]);
  });

  it.each([
    [
      'other keys',
      'Title: 1984\nauthors:\n  - name: Eric\nlanguage: de\ncreated: 2020-01-02 10:00',
      { title: '1984', author: 'Eric', language: 'de', date: '2020-01-02' },
    ],
    ['nothing of use', 'layout: post\nlang: not a language\ndate: soon', {}],
    ['a comment only', '# nothing', {}],
  ])('is read with %s', (_, yaml, expected) => {
    const { metadata, header, notices } = readHeader(`---\n${yaml}\n---\nText`, 'markdown');
    expect(metadata).toEqual({ title: undefined, date: undefined, author: undefined, language: undefined, ...expected });
    expect(header.end).toBe(yaml.length + 9);
    expect(notices).toEqual([]);
  });

  it('may be empty, end in dots and have Windows line ends', () => {
    expect(readHeader('---\n---\nText', 'markdown').header.end).toBe(8);
    expect(readHeader('---\r\ntitle: T\r\n...\r\nText', 'markdown')).toMatchObject({ header: { end: 20 }, metadata: { title: 'T' } });
  });

  it('has the tags and other names of vaults, and people and topics that are links there', () => {
    const read = (yaml: string) => readHeader(`---\n${yaml}\n---\nText`, 'markdown').metadata;
    expect(read('tags:\n  - sea\n  - "#physics/waves"\naliases: [Ebb and flow, "High: water"]')).toMatchObject({
      subjects: ['sea', 'physics/waves'],
      aliases: ['Ebb and flow', 'High: water'],
    });
    expect(read('tags: sea, spring tide\ncategories: jekyll update\nalias: Luna')).toMatchObject({
      subjects: ['sea', 'spring tide', 'jekyll', 'update'],
      aliases: ['Luna'],
    });
    expect(read('author: "[[Ann Shore|Ann]]"\ncategories:\n  - "[[The Sea]]"')).toMatchObject({ author: 'Ann', subjects: ['The Sea'] });
  });

  it('may be TOML, as Hugo and Zola have it', () => {
    const toml =
      'title = "A page"\ndate = 2020-05-06T10:00:00Z\ntags = ["one", "two"]\n[author]\nname = "Ann"\n[taxonomies]\ntags = ["three"]\n';
    expect(readHeader(`+++\r\n${toml}+++\nText`, 'markdown')).toMatchObject({
      header: { start: 0, end: toml.length + 9 },
      metadata: { title: 'A page', date: '2020-05-06', author: 'Ann', subjects: ['one', 'two', 'three'] },
      notices: [],
    });
    expect(readHeader('+++\ndate = 2020-05-06\nauthors = ["Ann", "Bob"]\n+++', 'markdown').metadata).toMatchObject({
      date: '2020-05-06',
      author: 'Ann, Bob',
    });
    expect(readHeader('+++\ndate = 10:00:00\n__proto__ = 1\n+++', 'markdown').metadata.date).toBeUndefined();
    expect(readHeader('+++\nA sum.\n+++\nText', 'markdown')).toEqual({ header: { start: 0, end: 0 }, metadata: {}, notices: [] });
    expect(readHeader('+++\ntitle = "open\n+++\nText', 'markdown')).toMatchObject({
      header: { end: 0 },
      notices: [expect.stringMatching(/^The properties at the top of this file are not valid TOML \(/)],
    });
  });

  it.each([
    ['title: Part one: the sea\ntags: [a]', { title: 'Part one: the sea', subjects: ['a'] }],
    ['title: "unclosed\ntags: [a, b\n  : x', { title: 'unclosed' }],
    ["title: 'It's late'\nauthor: Ann", { title: "It's late", author: 'Ann' }],
    ['title: Tabbed\n\ttags: x\nauthor: Ann', { title: 'Tabbed', author: 'Ann' }],
  ])('with a mistake has what stands behind its name in a line: %j', (yaml, expected) => {
    const { metadata, notices } = readHeader(`---\n${yaml}\n---\nText`, 'markdown');
    expect(metadata).toMatchObject(expected);
    expect(notices).toHaveLength(1);
  });

  it.each([
    ['two rules around a text', '---\nJust words.\n---\nMore'],
    ['a rule that is not closed', '---\ntitle: T\n\nMore'],
    ['a rule further down', 'Text\n---\ntitle: T\n---\n'],
  ])('is not %s', (_, text) => {
    expect(readHeader(text, 'markdown')).toEqual({ header: { start: 0, end: 0 }, metadata: {}, notices: [] });
  });

  it('with mistakes gives what can be read, and says so', () => {
    const { metadata, notices, header } = readHeader('---\ntitle: Good\nauthor: "open\n---\nText', 'markdown');
    expect(metadata.title).toBe('Good');
    expect(header.end).toBeGreaterThan(0);
    expect(notices).toEqual([expect.stringMatching(/^The properties at the top of this file are not valid YAML/)]);
  });

  it.each([
    [
      'aliases without end',
      `a: &a [x, x, x, x, x, x, x, x, x]\n${['b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdef'[index]}`).join(', ')}]`).join('\n')}`,
    ],
    ['nesting without end', `deep: ${'['.repeat(20_000)}`],
  ])('survives %s', (_, yaml) => {
    const { notices } = readHeader(`---\n${yaml}\n---\nText`, 'markdown');
    expect(notices).toHaveLength(1);
  });
});

describe('front matter that takes too long to read', () => {
  it.each([
    ['mistakes', `title: T\na: ${']'.repeat(60_000)}`],
    ['other mistakes', `title: T\n${'}'.repeat(60_000)}`],
  ])('because of %s without end is shown as it is written', (_, yaml) => {
    const { header, metadata, notices } = readHeader(`---\n${yaml}\n---\nText`, 'markdown');
    expect(header).toEqual({ start: 0, end: 0 });
    expect(metadata.title).toBeUndefined();
    expect(notices).toEqual([expect.stringContaining('too many mistakes')]);
  });

  it('because of commas without end has a notice', () => {
    const { notices } = readHeader(`---\ntitle: T\na: [${','.repeat(60_000)}\n---\nText`, 'markdown');
    expect(notices).toHaveLength(1);
  });
});

describe('the metadata of HTML', () => {
  const read = (html: string) => tidyMetadata(readHtmlMetadata(readPageFacts(parseHtml(html).page)));

  it('comes from title, meta and lang', () => {
    expect(
      read(
        '<html lang=de><head><title> Ein\n Titel </title><meta name=Author content="Ann"><meta name="date" content="2021-12-03T10:00"></head>',
      ),
    ).toEqual({ title: 'Ein Titel', author: 'Ann', date: '2021-12-03', language: 'de' });
  });

  it('prefers what is said for readers elsewhere', () => {
    const html = `<title>Page | Site</title><meta property="og:title" content="Page &amp; more">
      <meta property="article:published_time" content="2020-05-06T00:00:00Z"><meta name="date" content="2021-01-01">
      <meta name="DC.Creator" content="Ann"><meta name="DC.creator" content="Bob"><meta property="og:locale" content="en_US">`;
    expect(read(html)).toEqual({ title: 'Page & more', date: '2020-05-06', author: 'Ann, Bob', language: 'en-US' });
  });

  it.each([
    [
      'one object',
      '{"@type":"NewsArticle","headline":"H","datePublished":"2021-12-03T08:00:00Z","author":{"@type":"Person","name":"Ann"}}',
    ],
    [
      'a list',
      '[{"@type":"Organization","name":"No"},{"@type":["Article"],"headline":"H","datePublished":"2021-12-03","author":[{"name":"Ann"}]}]',
    ],
    [
      'a graph',
      '{"@context":"x","@graph":[{"@type":"WebSite","name":"No"},{"@type":"BlogPosting","name":"H","datePublished":"2021-12-03","author":"Ann"}]}',
    ],
  ])('comes from JSON-LD: %s', (_, json) => {
    expect(read(`<title>Site</title><script type="application/ld+json">${json}</script>`)).toMatchObject({
      title: 'H',
      date: '2021-12-03',
      author: 'Ann',
    });
  });

  it('passes over JSON-LD that is broken or of another shape', () => {
    expect(
      read('<script type="application/ld+json">{"@type":</script><script type="application/ld+json">7</script><title>T</title>').title,
    ).toBe('T');
    expect(
      read('<script type="application/ld+json">{"@type":"Article","headline":{"a":1},"author":7}</script><title>T</title>'),
    ).toMatchObject({ title: 'T', author: undefined });
  });
});
