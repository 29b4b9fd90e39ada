import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodings } from '#model';
import { decodeBytes } from '../../../../electron/formats/decode/decode';
import { encode, encodingTable } from '../../../encode';

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytes = (...parts: (string | number[] | Uint8Array)[]) =>
  Uint8Array.from(parts.flatMap((part) => [...(typeof part === 'string' ? utf8(part) : part)]));

const russian = 'Европейские страны и Соединенные Штаты по-прежнему очень обеспокоены ростом напряженности.';
const greek = 'Οι ευρωπαϊκές χώρες ανησυχούν πολύ για την αύξηση της έντασης στην ανατολική Ουκρανία.';
const japanese = 'ヨーロッパ諸国とアメリカ合衆国は、ウクライナ東部の緊張の高まりを非常に懸念しています。';

const samples: [encoding: string, text: string][] = [
  ['windows-1252', 'Le café était fermé à côté de la forêt. Où est passé le garçon ? Ça alors.'],
  ['windows-1252', 'Die Straße führt über die Brücke zu den schönen Häusern – „ja“.'],
  ['windows-1252', 'El niño comió una piña. ¿Dónde está el camión? ¡Qué difícil!'],
  ['windows-1252', 'café'],
  ['windows-1252', 'It’s a “quoted” word — nothing else, and some plain English around it.'],
  ['iso-8859-2', 'Żółta łódź płynie po rzece. Kraje europejskie są bardzo zaniepokojone wzrostem napięcia we wschodniej Ukrainie.'],
  ['windows-1250', 'Příliš žluťoučký kůň úpěl ďábelské ódy. Evropské země jsou velmi znepokojeny růstem napětí – „ano“.'],
  ['windows-1251', russian],
  ['koi8-r', russian],
  ['iso-8859-7', greek],
  ['windows-1254', 'Avrupa ülkeleri ve Amerika Birleşik Devletleri, doğu Ukrayna’daki gerginliğin artmasından çok endişeli.'],
  ['windows-1255', 'מדינות אירופה וארצות הברית ממשיכות להיות מודאגות מאוד מהעלייה במתיחות במזרח אוקראינה.'],
  ['windows-1256', 'لا تزال الدول الأوروبية والولايات المتحدة قلقة للغاية بشأن زيادة التوتر في شرق أوكرانيا'],
  ['shift_jis', japanese],
  ['euc-jp', japanese],
  ['gb18030', '欧洲国家和美国继续对乌克兰东部紧张局势的加剧表示非常关注。俄罗斯最近在边境集结军队。'],
  ['big5', '歐洲國家和美國繼續對烏克蘭東部緊張局勢的加劇表示非常關注。俄羅斯最近在邊境集結軍隊。'],
  ['euc-kr', '유럽 국가들과 미국은 우크라이나 동부의 긴장 고조에 대해 매우 우려하고 있다.'],
  ['windows-874', 'ประเทศในยุโรปและสหรัฐอเมริกายังคงมีความกังวลอย่างมากเกี่ยวกับความตึงเครียด'],
];

/** Some letters of a language in a page that is markup and English else, in encodings that share their bytes. */
const few: [encoding: string, text: string][] = [
  ['windows-1251', 'Новости форума'],
  ['koi8-r', 'Новости форума'],
  ['ibm866', 'Новости форума'],
  ['iso-8859-5', 'Новости форума'],
  ['x-mac-cyrillic', 'Новая тема форума'],
  ['windows-1255', 'חדשות הפורום'],
  ['iso-8859-7', 'Νέα του φόρουμ'],
  ['iso-8859-6', 'أخبار المنتدى'],
  ['windows-1250', '„És a kőfal nem volt egy erős fal, hogy”'],
  ['windows-1254', 'Çok eski bir şehir ve bir kış akşamı'],
];

describe('decodeBytes', () => {
  it.each(few)('tells %s by few letters: %s', (encoding, word) => {
    const text = `${'<item><title>All of this is plain</title></item>\n'.repeat(200)}<title>Forum: ${word}</title>\n`;
    expect(decodeBytes(encode(encoding, text))).toMatchObject({ text, encoding });
  });

  it.each(['Señor Ñandú', 'ÄÖÜ', '“naïve” – «déjà vu»', '© 2020 · 5 €'])('leaves Western European text alone: %s', (text) => {
    expect(decodeBytes(encode('windows-1252', text))).toMatchObject({ text, encoding: 'windows-1252' });
  });

  it.each(samples)('finds %s: %s', (encoding, text) => {
    expect(decodeBytes(encode(encoding, text))).toEqual({ text, encoding, from: 'detected', guessed: true, replaced: 0 });
  });

  it('finds the encoding of a long text whose first unusual letter comes late', () => {
    const text = `${'All of this is plain.\n'.repeat(20_000)}${russian}`;
    expect(decodeBytes(encode('windows-1251', text))).toMatchObject({ encoding: 'windows-1251', text });
  });

  it.each([
    ['UTF-8', bytes([0xef, 0xbb, 0xbf], 'naïve'), 'utf-8'],
    ['UTF-16LE', bytes([0xff, 0xfe], encode('utf-16le', 'naïve')), 'utf-16le'],
    ['UTF-16BE', bytes([0xfe, 0xff], encode('utf-16be', 'naïve')), 'utf-16be'],
  ])('takes the byte order mark of %s off', (_, file, encoding) => {
    expect(decodeBytes(file)).toMatchObject({ text: 'naïve', encoding, from: 'bom', replaced: 0 });
  });

  it.each(['utf-16le', 'utf-16be'])('finds %s without a byte order mark', (encoding) => {
    expect(decodeBytes(encode(encoding, `Plain words, and ${russian}`))).toMatchObject({ text: `Plain words, and ${russian}`, encoding });
  });

  it('finds ISO-2022-JP, whose bytes are all ASCII', () => {
    const file = bytes('Kanji: ', [0x1b, 0x24, 0x42, 0x34, 0x41, 0x3b, 0x7a, 0x1b, 0x28, 0x42], ' end');
    expect(decodeBytes(file)).toMatchObject({ text: 'Kanji: 漢字 end', encoding: 'iso-2022-jp' });
  });

  it('keeps to UTF-8 when a few bytes of it are broken, and counts them', () => {
    const file = bytes(russian, [0xff], russian, [0xd0]);
    const decoded = decodeBytes(file);
    expect(decoded).toEqual({ text: `${russian}\ufffd${russian}\ufffd`, encoding: 'utf-8', from: 'utf-8', guessed: false, replaced: 2 });
  });

  it('does not take a U+FFFD that is in the file for a bad byte', () => {
    expect(decodeBytes(utf8('a \ufffd b'))).toMatchObject({ text: 'a \ufffd b', replaced: 0 });
  });

  it.each([
    ['<meta charset="iso-8859-2">', 'iso-8859-2'],
    ["<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=ISO-8859-2'>", 'iso-8859-2'],
    ['<?xml version="1.0" encoding="ISO-8859-2"?><html>', 'iso-8859-2'],
  ])('believes what HTML declares: %s', (declaration, encoding) => {
    const text = `${declaration}<p>łóś</p>`;
    expect(decodeBytes(encode('iso-8859-2', text), undefined, 'html')).toMatchObject({ text, encoding, guessed: false });
  });

  it('does not believe a declaration that valid UTF-8 contradicts, nor one in a plain text', () => {
    const text = '<meta charset="iso-8859-1"><p>naïve — yes</p>';
    expect(decodeBytes(utf8(text), undefined, 'html')).toMatchObject({ text, encoding: 'utf-8' });
    expect(decodeBytes(encode('windows-1252', '<meta charset="koi8-r"> déjà vu, très élégant'), undefined, 'text').encoding).toBe(
      'windows-1252',
    );
  });

  it('does as the reader says, and counts what does not fit', () => {
    expect(decodeBytes(encode('windows-1252', 'déjà'), 'windows-1251')).toMatchObject({ text: 'dйjа', from: 'reader', replaced: 0 });
    expect(decodeBytes(encode('windows-1252', 'déjà'), 'utf-8')).toMatchObject({ from: 'reader', replaced: 2 });
  });

  it('finds the encoding itself when the chosen one is none', () => {
    expect(decodeBytes(utf8('naïve'), 'klingon')).toMatchObject({ text: 'naïve', from: 'utf-8' });
  });

  it('gives every text back that was written as UTF-8, with and without a mark', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((text) => !['\0', '\ufeff', '\u001b'].some((mark) => text.includes(mark))),
        (text) => {
          expect(decodeBytes(utf8(text)).text).toBe(text);
          expect(decodeBytes(bytes([0xef, 0xbb, 0xbf], text)).text).toBe(text);
        },
      ),
    );
  });

  it.each(encodings.filter((label) => label !== 'iso-2022-jp'))(
    'gives every text back that was written as %s, when the reader says so',
    (label) => {
      const characters = label.startsWith('utf-') ? undefined : [...encodingTable(label).keys()];
      const texts = characters ? fc.array(fc.constantFrom(...characters)).map((array) => array.join('')) : fc.string({ unit: 'binary' });
      fc.assert(
        fc.property(
          texts.filter((text) => !text.startsWith('\ufeff')),
          (text) => {
            expect(decodeBytes(encode(label, text), label)).toEqual({ text, encoding: label, from: 'reader', guessed: false, replaced: 0 });
          },
        ),
      );
    },
  );

  it('never gives a U+FFFD without counting it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.option(fc.constantFrom(...encodings), { nil: undefined }), (file, chosen) => {
        const { text, replaced, encoding } = decodeBytes(file, chosen);
        const strict = () => new TextDecoder(encoding, { fatal: true }).decode(file);
        if (replaced === 0) expect(strict()).toBe(text);
        else expect(strict).toThrow();
      }),
    );
  });
});
