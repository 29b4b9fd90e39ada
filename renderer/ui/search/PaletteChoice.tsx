import { Command } from 'cmdk';
import { ChevronsDown, FileText, Funnel, Highlighter, Rows3, StickyNote, Tag } from 'lucide-react';
import type { ReactNode } from 'react';
import { commands, type SearchHit } from '#api';
import { countOf, formatShortDate } from '../kit/format';
import { KeyCombination, Keys } from '../kit/Keys';
import { type Choice, keyOf } from './palette-sections';

/** One thing that can be chosen in the palette. */
export function PaletteChoice({ choice, onChoose }: { choice: Choice; onChoose(): void }) {
  return (
    <Command.Item className="palette-item" value={keyOf(choice)} onSelect={onChoose}>
      <Look choice={choice} />
    </Command.Item>
  );
}

function Look({ choice }: { choice: Choice }) {
  switch (choice.type) {
    case 'command':
      return (
        <>
          <span className="palette-text">{commands[choice.id].title}</span>
          <Keys command={choice.id} />
        </>
      );
    case 'document':
      return (
        <>
          <FileText aria-label="Title" />
          <span className="palette-text">
            <span dir="auto" className="palette-title">
              {choice.hit ? <Passage hit={choice.hit} /> : choice.title}
            </span>
          </span>
          {choice.date !== undefined && <span className="palette-where">{formatShortDate(choice.date)}</span>}
        </>
      );
    case 'hit':
      return (
        <>
          <HitIcon hit={choice.hit} />
          <span className="palette-text">
            <span dir="auto" className="palette-snippet">
              <Passage hit={choice.hit} />
            </span>
          </span>
          <span className="palette-where" dir="auto">
            {choice.title}
          </span>
        </>
      );
    case 'filter':
      return (
        <>
          <Funnel aria-hidden="true" />
          <span className="palette-text" dir="auto">
            {choice.option.operator}:{choice.option.value}
          </span>
          <span className="palette-where">{choice.option.hint}</span>
        </>
      );
    case 'all':
      return (
        <>
          <Rows3 aria-hidden="true" />
          <span className="palette-text">Show all in {choice.documents}</span>
          <KeyCombination keys="Mod+Enter" />
        </>
      );
    case 'more':
      return (
        <>
          <ChevronsDown aria-hidden="true" />
          <span className="palette-text">Show {countOf(choice.count, 'more document')}</span>
        </>
      );
  }
}

/** A passage with everything marked in it that was looked for. */
export function Passage({ hit: { before, match, after, marks } }: { hit: SearchHit }) {
  const text = before + match + after;
  if (text === '') return <i>Note without words</i>;
  const parts: ReactNode[] = [];
  let done = 0;
  for (const [start, end] of marks) {
    parts.push(text.slice(done, start), <mark key={start}>{text.slice(start, end)}</mark>);
    done = end;
  }
  return [...parts, text.slice(done)];
}

export function HitIcon({ hit: { kind, colour } }: { hit: SearchHit }) {
  if (kind === 'quote') return <Highlighter data-colour={colour} aria-label="Highlight" />;
  if (kind === 'note') return <StickyNote data-colour={colour} aria-label="Note" />;
  if (kind === 'tag') return <Tag aria-label="Tag" />;
  return <FileText aria-label="Text" />;
}
