import { Fragment, useEffect, useState } from 'react';
import { type Hyphenator, loadHyphenator } from '../../reader/hyphenation';
import { reportError } from '../../state/actions/notices';
import { hasWideWord, partsOf } from './title-width';

/** Of a language whose words Lectern cannot part, and of an unknown one: better some hyphen than none. */
const FALLBACK = 'en';

const loading = new Map<string, Promise<Hyphenator | undefined>>();

function hyphenatorOf(language: string): Promise<Hyphenator | undefined> {
  const known = loading.get(language);
  if (known) return known;
  const loaded = loadHyphenator(language).then((own) => own ?? loadHyphenator(FALLBACK));
  loading.set(language, loaded);
  return loaded;
}

/** A title on a cover or below it, of which words that fit on no line are parted. What is copied or read out of it is the title as it is. */
export function PartedTitle({ title, language = FALLBACK }: { title: string; language?: string | undefined }) {
  const [hyphenator, setHyphenator] = useState<Hyphenator>();
  const isWide = hasWideWord(title);
  useEffect(() => {
    if (!isWide) return;
    let isWanted = true;
    hyphenatorOf(language)
      .then((loaded) => isWanted && setHyphenator(() => loaded))
      .catch(reportError);
    return () => {
      isWanted = false;
    };
  }, [isWide, language]);
  if (!isWide || !hyphenator) return title;
  return partsOf(title, hyphenator).map(([piece, parting], index) => (
    <Fragment key={index}>
      {piece}
      {parting === 'hyphen' ? <span className="title-hyphen" aria-hidden="true" /> : parting && <wbr />}
    </Fragment>
  ));
}
