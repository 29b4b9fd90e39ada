import type { App, WebContents } from 'electron';

/** Keeps every page of the application where it is: no navigation, no new window, no embedded page, no direct connection. */
export function setUpNavigation(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents) => pinDown(contents));
}

function pinDown(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // WebRTC goes round both `webRequest` and the content security policy.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
