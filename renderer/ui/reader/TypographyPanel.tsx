import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { themes } from '#api';
import { themeName, updateSettings } from '../../state/actions/settings';
import { setTypographyOpen } from '../../state/actions/view';
import { resetText, settingOptions } from '../../state/setting-options';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { useReturnFocus } from '../kit/use-return-focus';
import { SettingRow } from '../settings/SettingControl';
import './typography.css';

/** How the text is set, and the theme; `children` is the button that opens the panel. */
export function TypographyPanel({ children }: { children: ReactNode }) {
  const open = useStore((state) => state.typographyOpen);
  return (
    <Popover.Root open={open} onOpenChange={setTypographyOpen}>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      {open && <Panel />}
    </Popover.Root>
  );
}

function Panel() {
  const returnFocus = useReturnFocus();
  return (
    <Popover.Portal>
      <Popover.Content
        className="popover typography"
        aria-label="Typography"
        align="end"
        sideOffset={6}
        collisionPadding={10}
        onCloseAutoFocus={returnFocus}
      >
        <Themes />
        <TextSettings />
      </Popover.Content>
    </Popover.Portal>
  );
}

function Themes() {
  const theme = useStore((state) => state.settings.theme);
  return (
    <fieldset className="theme-choices">
      <legend>Theme</legend>
      {themes.map((name) => (
        <label key={name} data-theme={name === 'system' ? undefined : name}>
          <input type="radio" name="theme" value={name} checked={theme === name} onChange={() => updateSettings({ theme: name })} />
          <span>{themeName(name)}</span>
        </label>
      ))}
    </fieldset>
  );
}

const textOptions = settingOptions.filter(({ section }) => section === 'Text');

const TextSettings = () => (
  <div>
    {textOptions.map((option) => (
      <SettingRow key={option.title} option={option} />
    ))}
    <Button kind="quiet" onClick={resetText}>
      Use the usual text settings again
    </Button>
  </div>
);
