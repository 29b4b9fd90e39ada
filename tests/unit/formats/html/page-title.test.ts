import { describe, expect, it } from 'vitest';
import { bylineNames } from '../../../../electron/formats/html/article/byline';
import { pageTitle } from '../../../../electron/formats/html/article/page-title';

describe('pageTitle', () => {
  it.each([
    ['Where rivers rise | The Daily', [], [], 'Where rivers rise'],
    ['Where rivers rise - The Daily', [], ['The Daily'], 'Where rivers rise'],
    ['The Daily: Where rivers rise', [], ['The Daily'], 'Where rivers rise'],
    ['Rivers - A history', [], [], 'Rivers - A history'],
    ['Where rivers rise – The Daily', ['The Daily', 'Where Rivers Rise'], ['The Daily'], 'Where Rivers Rise'],
    ['How rivers rise, and where', ['Topic How rivers rise, and where'], [], 'How rivers rise, and where'],
    ['River levels - The Daily', ['Menu', 'Something else'], ['The Daily'], 'River levels'],
    ['', ['A heading'], [], 'A heading'],
    ['The Daily', [], ['The Daily'], 'The Daily'],
    ['', [], [], undefined],
    ['Home', ['Where rivers rise'], [], 'Where rivers rise'],
    ['8.11.2021', ['Where rivers rise'], [], 'Where rivers rise'],
    ['The Daily|河はどこから来るか', [], ['The Daily'], '河はどこから来るか'],
    ['河流从哪里来？-新华网', [], [], '河流从哪里来？'],
    ['The Daily » Blog Archive » Where rivers rise', ['Archive', 'Where rivers rise'], [], 'Where rivers rise'],
    ['The Daily | Where rivers rise', ['Where rivers rise', 'Seas'], [], 'Where rivers rise'],
    ['The Daily // » Where rivers rise', [], ['The Daily'], 'Where rivers rise'],
    ['', ['Where riv\u00aders rise'], [], 'Where rivers rise'],
    ['', [': Where rivers rise'], [], 'Where rivers rise'],
    ['', ['« Where rivers rise »'], [], '« Where rivers rise »'],
    ['Cafe\u0301s of the river', [], [], 'Caf\u00e9s of the river'],
  ])('of %j with the headings %j on the site %j is %j', (element, headings, sites, title) => {
    expect(pageTitle({ meta: [], element, headings: headings.map((text) => ({ text })), sites })).toBe(title);
  });
});

describe('pageTitle of a heading that its markup parts', () => {
  const titleOf = (element: string, ...parts: [string, string]): string | undefined =>
    pageTitle({ meta: [], element, headings: [{ text: parts.join(' '), parts }], sites: [] });

  it('is without the topic before it, where the page is called by the rest, or keeps the two apart', () => {
    expect(titleOf('Where rivers rise', 'Hills and seas', 'Where rivers rise')).toBe('Where rivers rise');
    expect(titleOf('Hills and seas - Where rivers rise', 'Hills and seas', 'Where rivers rise')).toBe('Where rivers rise');
    expect(titleOf('Hills and seas – Where rivers rise', 'Hills and seas', '– Where rivers rise')).toBe('Where rivers rise');
  });

  it('is without the line below it, where the page is called by what stands above that', () => {
    expect(titleOf('Where rivers rise', 'Where rivers rise', 'A journey to the hills')).toBe('Where rivers rise');
  });

  it('is all of it where the page is called so', () => {
    expect(titleOf('Where rivers rise', 'Where', 'rivers rise')).toBe('Where rivers rise');
  });
});

describe('pageTitle of a page with one heading of the first level', () => {
  const headings = [{ text: 'Where rivers rise', isOnly: true }, { text: 'All about water' }];

  it('is that heading, whatever the page is called elsewhere', () => {
    expect(pageTitle({ meta: ['Water in the hills'], element: 'Of water', headings, sites: [] })).toBe('Where rivers rise');
  });

  it('is another where the page is called by that', () => {
    expect(pageTitle({ meta: [], element: 'All about water', headings, sites: [] })).toBe('All about water');
  });
});

describe('bylineNames', () => {
  it.each([
    [[['By Ann Miller and Bob Smith, 3 May 2021']], ['Ann Miller', 'Bob Smith']],
    [[['Von Anna Müller']], ['Anna Müller']],
    [[['VON Anna Müller | Stand: 3.5.2021']], ['Anna Müller']],
    [[['Veröffentlicht vonAnna Müller']], ['Anna Müller']],
    [[['Text: Anna Müller']], ['Anna Müller']],
    [[['admin'], ['Ann Miller']], ['Ann Miller']],
    [[['The Daily'], ['Ann Miller']], ['Ann Miller']],
    [[['The Daily']], ['The Daily']],
    [[['Ann Miller', 'Ann Miller']], ['Ann Miller']],
    [[['https://example.org/ann']], undefined],
    [[['Daily'], ['Ann Miller']], ['Ann Miller']],
    [[['Stand:'], ['Ann Miller']], ['Ann Miller']],
    [[['Ann Miller Mi 3.5.2021']], ['Ann Miller']],
    [[['delta201']], ['delta201']],
    [[['Zeige alle Beiträge von Anna Müller']], ['Anna Müller']],
    [[['View all posts by Ann Miller']], ['Ann Miller']],
    [[['Ann Miller @annmiller']], ['Ann Miller']],
    [[['Daily-Expertin Anna Müller']], ['Anna Müller']],
    [[['Text von Anna Müller Illustration von Bob Smith']], ['Anna Müller']],
    [[['annmiller'], ['Ann Miller']], ['Ann Miller']],
    [[['ann.miller'], ['Ann Miller']], ['Ann Miller']],
    [[['Ann'], ['Bob Smith'], ['Ann Miller']], ['Ann Miller']],
    [[['Ann'], ['Annabel Smith']], ['Ann']],
    [
      [['Ann Miller'], ['Ann Miller und Bob Smith, NDR']],
      ['Ann Miller', 'Bob Smith', 'NDR'],
    ],
    [[['Ann Miller'], ['Ann Miller, am']], ['Ann Miller']],
    [[['Published by'], ['Ann Miller']], ['Ann Miller']],
    [[], undefined],
  ])('of %j are %j', (sources, names) => {
    expect(bylineNames(sources, ['The Daily'])).toEqual(names);
  });
});
