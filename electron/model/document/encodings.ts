/** The encodings that a reader can choose from, as WHATWG labels: all that the platform decodes. */
export const encodings = [
  ...(['utf-8', 'utf-16le', 'utf-16be'] as const),
  ...(['windows-1252', 'iso-8859-15', 'macintosh', 'iso-8859-14'] as const),
  ...(['windows-1250', 'iso-8859-2', 'iso-8859-16', 'iso-8859-3'] as const),
  ...(['windows-1257', 'iso-8859-13', 'iso-8859-4', 'iso-8859-10'] as const),
  ...(['windows-1251', 'koi8-r', 'koi8-u', 'iso-8859-5', 'ibm866', 'x-mac-cyrillic'] as const),
  ...(['windows-1253', 'iso-8859-7', 'windows-1254'] as const),
  ...(['windows-1255', 'iso-8859-8', 'iso-8859-8-i', 'windows-1256', 'iso-8859-6'] as const),
  ...(['shift_jis', 'euc-jp', 'iso-2022-jp', 'gb18030', 'gbk', 'big5', 'euc-kr'] as const),
  ...(['windows-874', 'windows-1258'] as const),
] as const;

export type Encoding = (typeof encodings)[number];
