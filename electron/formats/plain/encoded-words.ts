import { Buffer } from 'node:buffer';

const WORD = /=\?([\w-]+)(?:\*[\w-]*)?\?([bq])\?([^?\s]*)\?=/gi;

/** A field of a mail's header with its encoded words (RFC 2047) as text; those in an encoding that is not known stay as they are. */
export const decodeWords = (field: string): string =>
  field.replace(/(\?=)\s+(?==\?)/g, '$1').replace(WORD, (word, encoding: string, kind: string, content: string) => {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(
        kind.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : fromQ(content),
      );
    } catch {
      return word;
    }
  });

const fromQ = (content: string): Buffer =>
  Buffer.from(
    content.replaceAll('_', ' ').replace(/=([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  );
