import { expect, it } from 'vitest';
import { chapterAt, chaptersOf, type Heading } from '#model';

const heading = (level: number, title: string, start: number): Heading => ({ level, start, end: start + 1, title });

it('chapters are the first level of the contents, and of parts the one below', () => {
  const book = [
    heading(1, 'Foreword', 0),
    heading(1, 'Part I: Water', 10),
    heading(2, 'Rivers', 12),
    heading(3, 'Their banks', 14),
    heading(2, 'Seas', 20),
    heading(1, 'Party', 30),
    heading(2, 'Guests', 32),
  ];
  expect(chaptersOf(book, 60).map(({ title }) => title)).toEqual(['Foreword', 'Rivers', 'Seas', 'Party']);
});

it('chapters that stand under one title are those of the book', () => {
  const book = [heading(1, 'The book', 0), heading(2, 'One', 10), heading(3, 'Of it', 12), heading(2, 'Two', 20)];
  expect(chaptersOf(book, 100).map(({ title }) => title)).toEqual(['One', 'Two']);
  expect(chaptersOf(book.slice(0, 1), 100).map(({ title }) => title)).toEqual(['The book']);
});

it('chapters that stand under the title of the book, between its foreword and its notes, are those of the book', () => {
  const book = [
    heading(1, 'Introduction', 0),
    heading(1, 'On Liberty', 10),
    heading(2, 'I: Introductory', 11),
    heading(2, 'II: Of the Liberty of Thought', 20),
    heading(3, 'Its limits', 30),
    heading(2, 'III: Of Individuality', 50),
    heading(1, 'Endnotes', 90),
    heading(2, 'Of the second chapter', 95),
  ];
  expect(chaptersOf(book, 100).map(({ title }) => title)).toEqual([
    'Introduction',
    'I: Introductory',
    'II: Of the Liberty of Thought',
    'III: Of Individuality',
    'Endnotes',
  ]);
});

it('a place is in the chapter that began last, with so much left of it', () => {
  const chapters = [heading(1, 'One', 10), heading(1, 'Two', 50)];
  expect(chapterAt(chapters, 5, 100)).toBeUndefined();
  expect(chapterAt(chapters, 10, 100)).toEqual({ title: 'One', number: 1, count: 2, left: 0.4 });
  expect(chapterAt(chapters, 75, 100)).toEqual({ title: 'Two', number: 2, count: 2, left: 0.25 });
  expect(chapterAt(chapters.slice(0, 1), 20, 100)).toBeUndefined();
});
