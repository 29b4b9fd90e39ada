import { describe, expect, it } from 'vitest';
import { directionOf } from '#model';

describe('directionOf', () => {
  it.each([
    ['A meeting', 'ltr'],
    ['اجتماع ستوكهولم', 'rtl'],
    ['2021 – «פגישה»', 'rtl'],
    ['1. Meeting in القاهرة', 'ltr'],
    ['会晤', 'ltr'],
    ['2021', 'ltr'],
    ['', 'ltr'],
  ])('of %j is %s', (text, direction) => {
    expect(directionOf(text)).toBe(direction);
  });
});
