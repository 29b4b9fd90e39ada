declare module 'hyphen' {
  interface Options {
    async: false;
    hyphenChar: string;
    html: false;
  }
  export default function createHyphenator(patterns: unknown, options: Options): (text: string) => string;
}

declare module 'hyphen/patterns/*' {
  const patterns: unknown;
  export default patterns;
}
