/**
 * Lies over the window behind a modal dialog. In place of Radix's own overlay, which keeps the page behind it from scrolling: ours never
 * scrolls, and for that lock the style of the whole window is found anew at each opening.
 */
export const DialogShade = () => <div className="dialog-shade" />;
