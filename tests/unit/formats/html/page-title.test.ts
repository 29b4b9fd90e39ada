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
  ])('of %j with the headings %j on the site %j is %j', (element, headings, sites, title) => {
    expect(pageTitle({ meta: [], element, headings, sites })).toBe(title);
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
    [[], undefined],
  ])('of %j are %j', (sources, names) => {
    expect(bylineNames(sources, ['The Daily'])).toEqual(names);
  });
});
