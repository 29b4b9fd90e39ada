import type { ReactNode } from 'react';
import type { WordingPiece } from './wording';

interface WordingProps {
  pieces: readonly WordingPiece[];
  /** How the text of a piece is drawn; without, as it is. */
  draw?(text: string): ReactNode;
}

/** Two wordings in one: what went is struck out, what came is underlined. */
export const Wording = ({ pieces, draw = (text) => text }: WordingProps) =>
  pieces.map(({ text: plain, kind }, index) => {
    const key = `${index} ${kind}`;
    const text = draw(plain);
    if (kind === 'same') return <span key={key}>{text}</span>;
    if (kind === 'gone')
      return (
        <del key={key} className="wording-gone">
          {text}
        </del>
      );
    return (
      <ins key={key} className="wording-new">
        {text}
      </ins>
    );
  });
