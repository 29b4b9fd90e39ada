import { X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import type { CSSProperties, ReactNode, RefObject } from 'react';
import { closeDialog } from '../../state/actions/view';
import { IconButton } from './Button';
import { useConfirmKey } from './use-confirm-key';
import { type ReturnFocus, useReturnFocus } from './use-return-focus';

interface DialogProps {
  /** Its heading and accessible name. */
  title: string;
  /** A sentence on what it is for, under the heading. */
  description?: string;
  /** CSS pixels. */
  width?: number;
  /** Something in it has Escape for itself now, so that it does not close the dialog. */
  keepsEscape?: boolean;
  /** A selector of what has the focus first, and is scrolled to, where that is not the first thing in it. */
  firstFocus?: string | undefined;
  /** Gives the focus back where it is one of several dialogs that follow one another as steps: to where it was before the first. */
  returnFocus?: ReturnFocus;
  /** What is done in place of giving the focus back, when it is set as the dialog closes. */
  afterClose?: RefObject<(() => void) | undefined>;
  /** Buttons at the foot. */
  foot?: ReactNode;
  children: ReactNode;
}

/** A modal dialog over the window: focus goes in, stays in, and returns; Escape closes it, Control and Enter press its main button. */
export function Dialog({ title, description, width = 560, keepsEscape = false, firstFocus, foot, children, ...closing }: DialogProps) {
  const { afterClose } = closing;
  const returnToOpener = useReturnFocus();
  const returnFocus = closing.returnFocus ?? returnToOpener;
  const confirmKey = useConfirmKey();
  return (
    <RadixDialog.Root open onOpenChange={(open) => !open && closeDialog()}>
      <RadixDialog.Portal>
        <DialogShade />
        <RadixDialog.Content
          className="dialog"
          {...confirmKey}
          onOpenAutoFocus={(event) => {
            if (firstFocus === undefined || !(event.target instanceof HTMLElement)) return;
            const first = event.target.querySelector<HTMLElement>(firstFocus);
            if (!first) return;
            event.preventDefault();
            first.scrollIntoView({ block: 'center' });
            first.focus();
          }}
          onCloseAutoFocus={(event) => {
            if (!afterClose?.current) return returnFocus(event);
            event.preventDefault();
            afterClose.current();
          }}
          onEscapeKeyDown={(event) => keepsEscape && event.preventDefault()}
          style={{ '--dialog-width': `${width}px` } as CSSProperties}
          {...(description === undefined && { 'aria-describedby': undefined })}
        >
          <div className="dialog-head">
            <RadixDialog.Title asChild>
              <h2>{title}</h2>
            </RadixDialog.Title>
          </div>
          <div className="dialog-body">
            {description !== undefined && <RadixDialog.Description className="dialog-description">{description}</RadixDialog.Description>}
            {children}
          </div>
          {foot && <div className="dialog-foot">{foot}</div>}
          {/* Last, so that the focus goes to what the dialog is about. */}
          <RadixDialog.Close asChild>
            <IconButton label="Close" className="icon-button dialog-close">
              <X />
            </IconButton>
          </RadixDialog.Close>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

/**
 * Lies over the window behind a modal dialog. In place of Radix's own overlay, which keeps the page behind it from scrolling: ours never
 * scrolls, and for that lock the style of the whole window is found anew at each opening.
 */
export const DialogShade = () => <div className="dialog-shade" />;
