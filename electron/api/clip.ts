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

/** The bytes of a picture as a `data:` address of its type. */
export async function dataAddressOf(picture: Blob): Promise<string> {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  let binary = '';
  // More at once are too many arguments.
  for (let from = 0; from < bytes.length; from += 8_192) binary += String.fromCharCode(...bytes.subarray(from, from + 8_192));
  return `data:${picture.type};base64,${btoa(binary)}`;
}
