import { ChevronDown, ListPlus, Minus, Plus, SquareDashed, Star, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { ZOOM_STEPS } from '#api';
import { type ReadingStatus, readingStatuses } from '#model';
import { setStatus } from '../../state/actions/documents';
import { followExternal } from '../../state/actions/links';
import { reportError } from '../../state/actions/notices';
import { runCommand } from '../../state/commands';
import { hasTwoViews, setPageZoom, showsPages } from '../../state/pages';
import { describePlacements, toReview } from '../../state/placements';
import { minutesForWords } from '../../state/reading-time';
import { openedRow } from '../../state/results';
import { selectNotebook, useStore } from '../../state/store';
import { Button, IconButton } from '../kit/Button';
import { formatDate, formatMinutes, formatNumber, shortAddress } from '../kit/format';
import { Keys, keyText, withKeys } from '../kit/Keys';
import { Menu, MenuChoice } from '../kit/Menu';
import { DocumentTags } from '../notes/DocumentTags';
import './document-header.css';
import { Remark } from './Remark';

/** What stands above the text: date, length, file, title and tags. */
export function DocumentHeader({ documentId }: { documentId: string }) {
  const document = useStore((state) => state.documents.get(documentId));
  const beginsWithTitle = useStore((state) => state.open?.beginsWithTitle);
  // Of a document of which nothing is shown there is nothing to remark.
  const notices = useStore(({ open }) => (open && open.phase !== 'failed' ? open.notices : NONE));
  const read = useStore((state) => state.readNotices.get(documentId) ?? NONE);
  const canBeShown = useStore(({ open }) => open?.phase !== 'failed');
  // What keeps the text from being shown is said in its place.
  const failure = useStore((state) => state.open?.failure?.message);
  if (!document) return null;
  const { title, date, author, site, address, words, fileName, problem } = document;
  const facts = [
    date !== undefined && formatDate(date),
    author,
    // The address says the same of a site without a name.
    address !== undefined && `${shortAddress(address)}/`.startsWith(`${site}/`) ? undefined : site,
    words > 0 && `${formatMinutes(minutesForWords(words))} read`,
    fileName,
  ];
  return (
    <header className="document-header">
      <div className="document-line">
        <button
          type="button"
          className="document-facts"
          title="Change the title, author, date or language"
          onClick={() => runCommand('document.details')}
        >
          {facts.filter(Boolean).map((fact) => (
            <span key={String(fact)}>
              <bdi>{fact}</bdi>
            </span>
          ))}
        </button>
        {address !== undefined && (
          <button
            type="button"
            className="document-address"
            title={`It was saved from ${address}. Open that in the browser`}
            onClick={() => void followExternal(address).catch(reportError)}
          >
            <bdi>{shortAddress(address)}</bdi>
          </button>
        )}
        <StatusMenu />
        <Shelf />
        {canBeShown && (
          <>
            <ViewSwitch />
            <PageZoom />
            <MarkArea />
          </>
        )}
        <HitPlace documentId={documentId} />
      </div>
      <h1 id="document-title" dir="auto" className={beginsWithTitle ? 'visually-hidden' : undefined}>
        {title}
      </h1>
      <DocumentTags />
      {problem && problem.code !== 'document-locked' && problem.message !== failure && (
        <div className="document-notice" role="note">
          <TriangleAlert aria-hidden="true" />
          <p>{problem.message}</p>
        </div>
      )}
      <ChangedNotice documentId={documentId} isRead={(key) => read.includes(key)} />
      {notices
        .filter((notice) => !read.includes(notice))
        .map((notice) => (
          <Remark key={notice} documentId={documentId} sentence={notice} dismissal={notice} />
        ))}
    </header>
  );
}

const STATUS_NAMES: Record<ReadingStatus, string> = { unread: 'Unread', reading: 'Reading', finished: 'Finished' };

/** How far the reader is with the document, to be said otherwise. */
function StatusMenu() {
  const status = useStore((state) => selectNotebook(state)?.status);
  if (status === undefined) return null;
  const label = `Reading status: ${STATUS_NAMES[status]}`;
  return (
    <Menu
      label="Reading status"
      align="start"
      trigger={
        <button type="button" className="document-status" aria-label={label} title={label}>
          {STATUS_NAMES[status]}
          <ChevronDown aria-hidden="true" />
        </button>
      }
    >
      {readingStatuses.map((each) => (
        <MenuChoice key={each} checked={each === status} onSelect={() => setStatus(each)}>
          {STATUS_NAMES[each]}
        </MenuChoice>
      ))}
    </Menu>
  );
}

/** Whether the document is a favourite and on the reading list, to be changed. */
function Shelf() {
  const isKnown = useStore((state) => selectNotebook(state) !== undefined);
  const isFavourite = useStore((state) => selectNotebook(state)?.favourite === true);
  const isLater = useStore((state) => selectNotebook(state)?.later !== undefined);
  if (!isKnown) return null;
  return (
    <span className="document-shelf-buttons">
      <IconButton
        label="Favourite"
        keys={keyText('document.favourite')}
        small
        aria-pressed={isFavourite}
        onClick={() => runCommand('document.favourite')}
      >
        <Star />
      </IconButton>
      <IconButton
        label="Read later"
        keys={keyText('document.later')}
        small
        aria-pressed={isLater}
        onClick={() => runCommand('document.later')}
      >
        <ListPlus />
      </IconButton>
    </span>
  );
}

/** Which of two views a document is shown in: a page as its article or whole, what has pages as these or as text. */
function ViewSwitch() {
  const isPaged = useStore((state) => hasTwoViews(state.open));
  const hasArticle = useStore((state) => state.open?.hasArticle === true);
  const isOther = useStore((state) => (isPaged ? state.open?.asText : state.open?.showsWholePage) === true);
  if (!hasArticle && !isPaged) return null;
  const label = isPaged ? 'How the document is shown' : 'What of the page is shown';
  const title = withKeys(isPaged ? 'Pages or text' : 'Article or whole page', 'view.whole-page');
  return (
    <fieldset className="document-view" aria-label={label} title={title}>
      {(isPaged ? ['Pages', 'Text'] : ['Article', 'Whole page']).map((name, index) => (
        <button
          key={name}
          type="button"
          aria-pressed={(index === 1) === isOther}
          onClick={() => (index === 1) !== isOther && runCommand('view.whole-page')}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}

/** How large pages are shown. */
function PageZoom() {
  const isShown = useStore((state) => showsPages(state.open));
  const zoom = useStore((state) => state.open?.zoom);
  const chosen = useStore((state) => state.settings.pageZoom);
  if (!isShown || zoom === undefined) return null;
  return (
    <fieldset className="document-zoom" aria-label="Size of the pages">
      <button type="button" aria-label="Smaller" title={withKeys('Smaller', 'text.smaller')} onClick={() => runCommand('text.smaller')}>
        <Minus aria-hidden="true" />
      </button>
      <Menu
        label="Size of the pages"
        trigger={
          <button type="button" className="document-percent" aria-label={`Size of the pages: ${zoom} %`}>
            {zoom} %
          </button>
        }
      >
        {(['width', 'page'] as const).map((each) => (
          <MenuChoice key={each} checked={each === chosen} onSelect={() => setPageZoom(each)}>
            {each === 'width' ? 'As wide as there is room' : 'Whole pages'}
          </MenuChoice>
        ))}
        {ZOOM_STEPS.filter((step) => step >= 50 && step % 25 === 0).map((step) => (
          <MenuChoice key={step} checked={step === chosen} onSelect={() => setPageZoom(step)}>
            {step} %
          </MenuChoice>
        ))}
      </Menu>
      <button type="button" aria-label="Larger" title={withKeys('Larger', 'text.larger')} onClick={() => runCommand('text.larger')}>
        <Plus aria-hidden="true" />
      </button>
    </fieldset>
  );
}

/** Begins to mark an area of a page. */
function MarkArea() {
  const isShown = useStore((state) => showsPages(state.open) && state.open?.phase === 'ready');
  if (!isShown) return null;
  return (
    <IconButton label="Mark an area" keys={keyText('area.mark')} small onClick={() => runCommand('area.mark')}>
      <SquareDashed />
    </IconButton>
  );
}

/** Which of the passages that the search found here is shown. */
function HitPlace({ documentId }: { documentId: string }) {
  const results = useStore((state) => state.results);
  const row = useMemo(() => results && openedRow(results, documentId), [results, documentId]);
  if (!row?.hit) return null;
  return (
    <p className="document-hit" role="status">
      hit {row.index + 1} of {row.count}
      {row.group.total > row.count && ` listed, ${formatNumber(row.group.total)} in all`} <Keys command="find.next" />
    </p>
  );
}

const NONE: readonly string[] = [];

/** What became of passages that were marked in an earlier text of the document, while there are any. */
function ChangedNotice({ documentId, isRead }: { documentId: string; isRead(key: string): boolean }) {
  const notes = useStore(selectNotebook)?.notes;
  const placements = useStore((state) => state.placements);
  const textHash = useStore((state) => state.open?.textHash);
  const sentence = useMemo(() => {
    const { toSee, placed } = toReview(notes ?? [], placements, textHash);
    return describePlacements([...toSee, ...placed].map(({ placement }) => placement));
  }, [notes, placements, textHash]);
  // A text that changed once more is told anew, though in the same words.
  const key = `${textHash} ${sentence}`;
  if (textHash === undefined || sentence === undefined || isRead(key)) return null;
  return (
    <Remark documentId={documentId} sentence={sentence} dismissal={key}>
      <Button onClick={() => runCommand('note.review')}>Review…</Button>
    </Remark>
  );
}
