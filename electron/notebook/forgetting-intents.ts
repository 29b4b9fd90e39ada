import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { isDocumentId, momentSchema, sha256Schema } from '#model';
import { backupFolder } from '../storage/backups/manifest';
import { systemCode } from '../storage/errno';
import { writeNewFile } from '../storage/guarded-write';

/** A document that the reader had forgotten: what of it is not done yet is done at the next start. */
const intentSchema = z.object({
  at: momentSchema,
  texts: z.array(sha256Schema),
  /** Names in `DATA/documents`, with `/`. */
  copies: z.array(z.string().refine(isWithin)),
});
export type ForgettingIntent = z.infer<typeof intentSchema>;

/** The file may come from a machine of another system: a name leads out of its folder on none. */
function isWithin(name: string): boolean {
  return name !== '' && !/^([/\\]|[a-z]:)/i.test(name) && !name.split(/[/\\]/).includes('..');
}

const fileSchema = z.object({ version: z.literal(1), documents: z.record(z.string(), z.unknown()) });

/** `DATA/backups/forgetting.json`: what is being forgotten, by document. */
export interface ForgettingIntents {
  /** Throws the system's error; what makes no sense is left out. */
  list(): Promise<Map<string, ForgettingIntent>>;
  /** Keeps one, or without it takes that of the document away. Throws the system's error. */
  put(id: string, intent: ForgettingIntent | undefined): Promise<void>;
}

export function openForgettingIntents(dataFolder: string, check: () => Promise<void>): ForgettingIntents {
  const file = path.join(backupFolder(dataFolder), 'forgetting.json');
  const list = async (): Promise<Map<string, ForgettingIntent>> => {
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return '';
      throw error;
    });
    const documents = Object.entries(fileSchema.safeParse(parse(text)).data?.documents ?? {});
    return new Map(
      documents.flatMap(([id, content]) => {
        const { data } = intentSchema.safeParse(content);
        return data && isDocumentId(id) ? [[id, data] as const] : [];
      }),
    );
  };
  return {
    list,
    async put(id, intent) {
      await check();
      const documents = await list();
      if (intent) documents.set(id, intent);
      else documents.delete(id);
      if (documents.size === 0) return rm(file, { force: true });
      await writeNewFile(file, Buffer.from(JSON.stringify({ version: 1, documents: Object.fromEntries(documents) })));
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
