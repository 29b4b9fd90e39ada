import { expect, test } from 'vitest';
import { tagsInText } from '../../../../electron/formats/markdown/text-tags';

test.each([
  ['They are strong when #sea/spring aligned. #Sea!', ['sea/spring', 'Sea']],
  ['#first at the start\n- and #второй, #日本語\n(not#this) a#b C# #1 #2024', ['first', 'второй', '日本語']],
  ['# Heading\n## Another\n#', []],
  ['`#code` and ``a ` #code`` but #this', ['this']],
  ['```sh\n#!/bin/sh\n #inside\n```\n#outside\n~~~\n#open to the end', ['outside']],
  ['%%#hidden%% [link](#fragment) https://example.org/#part #y1984', ['y1984']],
])('of %j are %j', (markdown, tags) => {
  expect(tagsInText(markdown)).toEqual(tags);
});

test('are found in time in text that is made to take long', () => {
  for (const text of [
    '`'.repeat(200_000),
    '#'.repeat(200_000),
    '```\n'.repeat(50_000),
    '%%'.repeat(100_000),
    ' #a-'.repeat(50_000),
    '`a '.repeat(70_000),
  ])
    tagsInText(text);
});
