import type { WordingPiece } from './wording';

/** Two wordings in one: what went is struck out, what came is underlined. */
export const Wording = ({ pieces }: { pieces: readonly WordingPiece[] }) =>
  pieces.map(({ text, kind }, index) => {
    const key = `${index} ${kind}`;
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
