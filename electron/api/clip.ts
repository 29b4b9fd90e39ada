import { z } from 'zod';

/** What a clipboard holds, as far as a document can be made of it. */
export const clipSchema = z.object({
  text: z.string(),
  html: z.string(),
  /** A picture that was copied, as a `data:` address. */
  picture: z.string().optional(),
  /** Where it was copied from, when the clipboard tells it apart from its HTML. */
  address: z.string().optional(),
});
export type Clip = z.infer<typeof clipSchema>;

/** What lies on a clipboard in several forms, as browsers and Electron give it. */
interface ClipboardForms {
  readonly types: readonly string[];
  getType(type: string): Promise<unknown>;
}

/** What browsers made of Chromium call the address that they copied from, on each system; they tell no page of it. */
const SOURCE = /\bsource-url\b/i;

/** Reads what a clipboard holds: text, HTML, a picture, and where they were copied from. Rejects as reading a form does. */
export async function readClip(items: readonly ClipboardForms[]): Promise<Clip> {
  const find = async (isWanted: (type: string) => boolean): Promise<Blob | undefined> => {
    for (const item of items) {
      const type = item.types.find(isWanted);
      const found = type === undefined ? undefined : await item.getType(type);
      if (found instanceof Blob) return found;
    }
    return undefined;
  };
  const [text, html, picture, address] = await Promise.all([
    find((type) => type === 'text/plain'),
    find((type) => type === 'text/html'),
    find((type) => type.startsWith('image/')),
    find((type) => SOURCE.test(type)),
  ]);
  return {
    text: (await text?.text()) ?? '',
    html: (await html?.text()) ?? '',
    picture: picture && (await dataAddressOf(picture)),
    address: await address?.text(),
  };
}

/** The bytes of a picture as a `data:` address of its type. */
export async function dataAddressOf(picture: Blob): Promise<string> {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  let binary = '';
  // More at once are too many arguments.
  for (let from = 0; from < bytes.length; from += 8_192) binary += String.fromCharCode(...bytes.subarray(from, from + 8_192));
  return `data:${picture.type};base64,${btoa(binary)}`;
}
