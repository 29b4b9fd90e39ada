import { type App, type ContextMenuParams, Menu, type MenuItemConstructorOptions, type WebContents } from 'electron';

type Params = Pick<ContextMenuParams, 'editFlags' | 'isEditable' | 'selectionText' | 'misspelledWord' | 'dictionarySuggestions'>;

/** Gives text fields and selected text the menu that readers know from elsewhere: the clipboard, and spelling on macOS. */
export function setUpContextMenu(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('context-menu', (_menuEvent, params) => {
      const template = contextMenuTemplate(params, contents);
      if (template.length > 0) Menu.buildFromTemplate(template).popup();
    });
  });
}

/** The menu over what was clicked; empty where there is nothing to do. */
export function contextMenuTemplate(params: Params, contents: Pick<WebContents, 'replaceMisspelling'>): MenuItemConstructorOptions[] {
  const { editFlags, isEditable, selectionText, misspelledWord, dictionarySuggestions } = params;
  if (!isEditable) return selectionText.trim() === '' ? [] : [{ role: 'copy' }];
  const suggestions = misspelledWord === '' ? [] : dictionarySuggestions.slice(0, 5);
  const spelling = suggestions.map((word): MenuItemConstructorOptions => ({ label: word, click: () => contents.replaceMisspelling(word) }));
  return [
    ...spelling,
    ...(spelling.length > 0 ? [{ type: 'separator' } as const] : []),
    { role: 'cut', enabled: editFlags.canCut },
    { role: 'copy', enabled: editFlags.canCopy },
    { role: 'paste', enabled: editFlags.canPaste },
    { role: 'selectAll', enabled: editFlags.canSelectAll },
  ];
}
