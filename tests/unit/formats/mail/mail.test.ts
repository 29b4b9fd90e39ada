import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DrawnElement, DrawnNode } from '#model';
import { readFacts } from '../../../../electron/formats/facts';
import { documentBytes } from '../../../../electron/formats/format';
import { mail } from '../../../../electron/formats/mail/mail';
import { UnreadableDocument } from '../../../../electron/formats/unreadable';
import { encode } from '../../../encode';
import { expectSound, readAll, walkNodes } from '../document-parts';

const lines = (...all: string[]): string => all.join('\r\n');
const HEAD = [
  'From: =?utf-8?q?Ann_M=C3=BCller?= <ann@example.org>',
  'To: Bo <bo@example.org>, cy@example.org',
  'Subject: The lake',
  'Date: Fri, 3 Dec 2021 23:30:00 -0500',
];
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const part = (headers: string[], body: string): string => lines('--b', ...headers, '', body);
const multipart = (kind: string, ...parts: string[]): string =>
  lines(...HEAD, 'MIME-Version: 1.0', `Content-Type: multipart/${kind}; boundary="b"`, '', ...parts, '--b--', '');

const elementsIn = (nodes: readonly DrawnNode[], name: string): DrawnElement[] =>
  [...walkNodes(nodes)].flatMap(({ node }) => (typeof node === 'object' && 'e' in node && node.e === name ? [node] : []));

async function read(content: string | Uint8Array, encoding?: string) {
  const document = await readAll(content, 'mail', encoding);
  expectSound(document);
  const nodes = document.sections.flatMap((section) => section.nodes);
  return { ...document, nodes, named: (name: string) => elementsIn(nodes, name) };
}

const LEAD = 'From: Ann Müller <ann@example.org>\nTo: Bo <bo@example.org>, cy@example.org\nDate: Fri, 3 Dec 2021 23:30:00 -0500';

describe('a mailbox', () => {
  const message = (from: string, ...body: string[]): string =>
    lines(from, 'From: Ann <ann@example.org>', `Subject: ${body[0]}`, '', ...body, '');
  const FROM = 'From ann@example.org Fri Dec  3 23:30:00 2021';

  it('is one text of its messages, each below its subject, as they were before they were put into it', async () => {
    const { head, text, sections, end } = await read(
      lines(
        message(FROM, 'The lake', '>From here it is still.', '>>From there too.', 'Far away', '', 'From one shore to the other.'),
        message('From MAILER-DAEMON', 'The sea', 'It is not.'),
      ),
    );
    expect(head.metadata.title).toBe('file');
    expect(sections.flatMap(({ headings }) => headings.map(({ start, end: to }) => text.slice(start, to)))).toEqual([
      'The lake',
      'The sea',
    ]);
    expect(text).toBe(
      [
        'The lake\nFrom: Ann <ann@example.org>\nThe lake\nFrom here it is still.\n>From there too.\nFar away\n\nFrom one shore to the other.',
        'The sea\nFrom: Ann <ann@example.org>\nThe sea\nIt is not.',
      ].join('\n'),
    );
    expect(end.notices).toEqual([]);
  });

  it('of one message is that message', async () => {
    const { head, text } = await read(message(FROM, 'The lake'));
    expect([head.metadata.title, text]).toEqual(['The lake', 'From: Ann <ann@example.org>\nThe lake']);
  });

  it('shows a message that is damaged as it is written, and says what came along with the others', async () => {
    const file = lines(
      message(FROM, 'The lake'),
      lines(FROM, 'X-Broken: yes', '', 'No more is left.', ''),
      lines(FROM, multipart('mixed', part(['Content-Type: application/zip; name="a.zip"'], 'x'))),
    );
    const { text, end } = await read(file);
    expect(text.replaceAll('\r', '')).toContain('X-Broken: yes\n\nNo more is left.');
    expect(end.notices).toEqual([
      '1 message of this mailbox cannot be read as mail, and is shown as written.',
      expect.stringMatching(/^With these mails came .*“a\.zip” \(2 bytes\)/),
    ]);
  });

  it('of any lines is a document or a sentence', async () => {
    const piece = fc.constantFrom(
      ...HEAD,
      FROM,
      'From ',
      'From x',
      '',
      '',
      '>From y',
      'Content-Type: text/html',
      '<table><td>',
      'Text. From z',
      '\u00e9',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        try {
          expectSound(await readAll(lines(FROM, 'To: a', ...pieces), 'mail'));
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableDocument);
        }
      }),
    );
  });
});

describe('a mail', () => {
  it('keeps the marks of what it quotes, also before a word that begins messages in mailboxes', async () => {
    const { text } = await read(lines(...HEAD, '', 'So it is.', '>From here it is still.', '>The lake.'));
    expect(text).toContain('>From here it is still.');
  });

  it('says who wrote it when, and flows as a text, with what it quotes folded', async () => {
    const { head, text, named } = await read(
      lines(
        ...HEAD,
        'Content-Type: text/plain; charset=utf-8; format=flowed',
        '',
        'The water is ',
        'still.',
        '',
        '> Is it?',
        ...Array<string>(11).fill('> Tell me.'),
        '',
        'Yes.',
      ),
    );
    expect(head).toMatchObject({ metadata: { title: 'The lake', author: 'Ann Müller', date: '2021-12-03' }, notices: [] });
    expect(text).toBe(`${LEAD}\nThe water is still.\n\n> Is it?\n${'> Tell me.\n'.repeat(11)}\nYes.`);
    expect(named('details')).toHaveLength(1);
  });

  it('begins with no heading of its own, and keeps the lines of its signature', async () => {
    for (const line of ['See you at the quay', 'TEST', '1. Call me']) {
      const { named, nodes, text } = await read(
        lines(...HEAD, '', line, '', '-- ', 'Ann Müller', 'Harbour office', '', 'TOP STORIES', '', 'Words.'),
      );
      expect(['h2', 'h3'].flatMap((name) => named(name)).length).toBe(1);
      expect(text).toContain('-- \nAnn Müller\nHarbour office');
      expect(nodes.filter((node) => typeof node === 'object' && 'e' in node && node.l?.includes('verse'))).toHaveLength(1);
    }
  });

  it('folds each quote between plain lines of its own, unless that is all', async () => {
    const quoting = async (...body: string[]) => read(lines(...HEAD, 'Content-Type: text/plain; charset=utf-8', '', ...body));
    const answer = ['Still.', '', 'On Friday Bo wrote:', '> Is it?', '> Tell me.', '>', '> Bo', 'It is.', '> One more.', ''];
    const { text, named } = await quoting(...answer);
    expect(text).toBe(`${LEAD}\n${answer.join('\n').trimEnd()}`);
    expect(named('details')).toHaveLength(2);
    expect((await quoting('> All of it.', '', '> Indeed.')).named('details')).toHaveLength(0);
  });

  it('without words says that there are none', async () => {
    const says = async (content: string) => (await read(content)).head.notices;
    const none = 'This mail has no words of its own: there is no more in it to read than what is shown here.';
    expect(await says('Subject: \r\nFrom: \r\n\r\n')).toEqual([none]);
    expect(await says(lines(...HEAD, 'Content-Type: text/html', '', '<p>&nbsp;</p>'))).toEqual([none]);
    expect(await says(multipart('mixed', part(['Content-Type: application/zip; name="a.zip"'], 'x')))).toEqual([
      none,
      expect.stringContaining('“a.zip”'),
    ]);
    expect(await says(lines(...HEAD, '', 'A word.'))).toEqual([]);
    expect(
      await says(multipart('mixed', part(['Content-Type: image/png; name="a.png"', 'Content-Transfer-Encoding: base64'], PIXEL))),
    ).toEqual([]);
  });

  it('is called by its subject, also when it has headings of its own', async () => {
    const source = documentBytes(
      new TextEncoder().encode(multipart('alternative', part(['Content-Type: text/html'], '<h1>News</h1><p>All of it.'))),
      'a.eml',
    );
    const facts = await readFacts(mail.read(source, { signal: new AbortController().signal }), { format: 'mail', fileName: 'a.eml' });
    expect(facts.titles).toEqual(['The lake']);
  });

  it('is read in the richest form that it has, each part decoded', async () => {
    const { text, named } = await read(
      multipart(
        'alternative',
        part(['Content-Type: text/plain; charset=iso-8859-1', 'Content-Transfer-Encoding: quoted-printable'], 'Caf=E9, plain'),
        part(
          ['Content-Type: text/html; charset=windows-1251', 'Content-Transfer-Encoding: base64'],
          Buffer.from(
            encode('windows-1251', '<p>Вода <b>тихая</b></p><p><span style="mso-list:Ignore">1.<span>&nbsp; </span></span>Как в Word</p>'),
          ).toString('base64'),
        ),
      ),
    );
    expect(text).toBe(`${LEAD}\nВода тихая\nКак в Word`);
    expect(named('b')).toHaveLength(1);
    expect(named('ol')).toHaveLength(1);
  });

  it('shows its pictures, those in its HTML where they stand, others below; what else came along is named', async () => {
    const image = ['Content-Type: image/png', 'Content-Transfer-Encoding: base64'];
    const { head, text, named } = await read(
      multipart(
        'mixed',
        part(
          ['Content-Type: text/html'],
          '<p>Look:</p><img src="cid:one%40x" alt="a dot"><img src="cid:one@x" alt="again">It is cid:two@x.<img src="https://example.org/far.png" alt="far">',
        ),
        part([...image, 'Content-ID: <one@x>'], PIXEL),
        // It is only written of.
        part([...image, 'Content-ID: <two@x>'], PIXEL),
        part([...image, 'Content-Disposition: attachment; filename="shore.png"'], PIXEL),
        part(
          [
            'Content-Type: application/pdf',
            'Content-Transfer-Encoding: base64',
            "Content-Disposition: attachment; filename*=utf-8''r%C3%A9sum%C3%A9.pdf",
          ],
          'AAAA',
        ),
        part(['Content-Type: application/pgp-signature; name="signature.asc"'], 'x'),
      ),
    );
    expect(named('img').map(({ a }) => a?.['src'])).toEqual([
      `data:image/png;base64,${PIXEL}`,
      `data:image/png;base64,${PIXEL}`,
      'https://example.org/far.png',
      `data:image/png;base64,${PIXEL}`,
      `data:image/png;base64,${PIXEL}`,
    ]);
    expect(text).toBe(`${LEAD}\nLook:\nIt is cid:two@x.\nPicture\nshore.png`);
    expect(head.notices).toEqual([
      'With this mail came a file that is not shown here: “résumé.pdf” (3 bytes). A mail program can save it.',
    ]);
  });

  it('names some of very many files', async () => {
    const files = Array.from({ length: 20 }, (_, index) => part([`Content-Type: application/zip; name="${index}.zip"`], 'x'));
    const { head } = await read(multipart('mixed', part(['Content-Type: text/plain'], 'See the files.'), ...files));
    expect(head.notices).toEqual([expect.stringMatching(/^With this mail came 20 files .*“7\.zip” \(2 bytes\), and 12 more\. /)]);
  });

  it('folds what it quotes of the mail that it answers, unless that is all', async () => {
    const html = (body: string) => read(lines(...HEAD, 'Content-Type: text/html', '', body));
    const answer = await html(
      '<p>Yes.</p><div class="gmail_quote">On Friday Bo wrote:<blockquote type="cite">Is it still?</blockquote></div>',
    );
    expect(answer.named('details')).toHaveLength(1);
    expect(answer.text).toBe(`${LEAD}\nYes.\nOn Friday Bo wrote:\nIs it still?`);
    expect((await html('<blockquote type="cite">All of it</blockquote>')).named('details')).toHaveLength(0);
  });

  it('is not laid out in tables; tables of figures stay', async () => {
    const { named } = await read(
      lines(
        ...HEAD,
        'Content-Type: text/html',
        '',
        '<table><tr><td><table role="presentation"><tr><td>a</td><td>b</td></tr></table></td></tr></table><table><tr><td>1</td><td>2</td></tr></table>',
      ),
    );
    expect(named('table')).toHaveLength(1);
  });

  it('that names no encoding is decoded as a text is, and as the reader says where it names a wrong one', async () => {
    const bare = lines('From: a@example.org', 'Subject: x', '', 'Вчера вечером мы читали книгу о реках и морях.');
    expect((await read(encode('windows-1251', bare))).text).toContain('Вчера вечером');
    expect((await read(bare)).text).toContain('Вчера вечером');
    // What it says of another mail is not said of itself.
    const quoting = lines('From: a@example.org', '', 'Вчера я писал: ; charset=utf-8 и ещё о реках и морях.');
    expect((await read(encode('windows-1251', quoting))).text).toContain('Вчера я писал');
    const wrong = Buffer.from(
      encode('windows-1251', lines('From: a@example.org', 'Content-Type: text/plain; charset="utf-8"', '', 'Вчера вечером')),
    );
    const misread = await read(wrong);
    expect(misread.head.notices).toEqual([expect.stringContaining('are not valid in the encoding')]);
    expect((await read(wrong, 'windows-1251')).text).toContain('Вчера вечером');
  });

  it('that is none says so', async () => {
    await expect(readAll('Dear Ann,\n\nno header.', 'mail')).rejects.toThrow(UnreadableDocument);
    await expect(readAll('', 'mail')).rejects.toThrow(/is empty/);
  });

  it('of any bytes is a document or a sentence', async () => {
    const piece = fc.constantFrom(
      ...HEAD,
      '',
      '--b',
      '--b--',
      'Content-Type: multipart/mixed; boundary=b',
      'Content-Type: text/html',
      'Content-Type: message/rfc822',
      'Content-Transfer-Encoding: base64',
      '<blockquote type=cite><table><td>',
      '> quoted',
      '=?utf-8?b?',
      'Content-ID: <a>',
      '<img src=cid:a>',
    );
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(piece, { maxLength: 30 }).map((all) => new TextEncoder().encode(lines(...all))),
    );
    await fc.assert(
      fc.asyncProperty(content, async (bytes) => {
        try {
          expectSound(await readAll(bytes, 'mail'));
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableDocument);
        }
      }),
    );
  });
});
