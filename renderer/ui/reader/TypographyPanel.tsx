import { Popover, Slider, Switch } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { readingFonts, settingsSchema, type Typography, themes } from '#api';
import { themeName, updateSettings, updateTypography } from '../../state/actions/settings';
import { setTypographyOpen } from '../../state/actions/view';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { useReturnFocus } from '../kit/use-return-focus';
import './typography.css';

const FONT_NAMES: Record<Typography['font'], string> = {
  literata: 'Literata',
  'source-serif': 'Source Serif',
  inter: 'Inter',
  atkinson: 'Atkinson Hyperlegible',
  system: 'The system’s font',
};

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

function TextSettings() {
  const typography = useStore((state) => state.settings.typography);
  const fontId = useId();
  return (
    <>
      <div className="typography-row">
        <label htmlFor={fontId}>Font</label>
        <select
          id={fontId}
          className="field"
          value={typography.font}
          onChange={(event) => updateTypography({ font: event.target.value as Typography['font'] })}
        >
          {readingFonts.map((font) => (
            <option key={font} value={font}>
              {FONT_NAMES[font]}
            </option>
          ))}
        </select>
      </div>
      <Measure label="Size" name="size" min={12} max={36} step={0.5} show={(value) => `${value} px`} />
      <Measure label="Line height" name="lineHeight" min={1.2} max={2.2} step={0.02} show={(value) => value.toFixed(2)} />
      <Measure label="Column width" name="width" min={40} max={100} step={1} show={(value) => `${value} characters`} />
      <Toggle label="Justify the lines" name="justify" />
      <Toggle label="Hyphenate" name="hyphenate" />
      <Button kind="quiet" onClick={() => updateSettings({ typography: settingsSchema.parse({}).typography })}>
        As it came
      </Button>
    </>
  );
}

interface MeasureProps {
  label: string;
  name: 'size' | 'lineHeight' | 'width';
  min: number;
  max: number;
  step: number;
  show(value: number): string;
}

function Measure({ label, name, min, max, step, show }: MeasureProps) {
  const value = useStore((state) => state.settings.typography[name]);
  return (
    <div className="typography-row">
      <span aria-hidden="true">{label}</span>
      <Slider.Root
        className="slider"
        value={[value]}
        min={min}
        max={max}
        step={step}
        onValueChange={([next]) => next !== undefined && updateTypography({ [name]: next })}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb className="slider-thumb" aria-label={label} aria-valuetext={show(value)} />
      </Slider.Root>
      <output aria-hidden="true">{show(value)}</output>
    </div>
  );
}

function Toggle({ label, name }: { label: string; name: 'justify' | 'hyphenate' }) {
  const checked = useStore((state) => state.settings.typography[name]);
  const id = useId();
  return (
    <div className="typography-row">
      <label htmlFor={id}>{label}</label>
      <Switch.Root id={id} className="switch" checked={checked} onCheckedChange={(next) => updateTypography({ [name]: next })}>
        <Switch.Thumb className="switch-thumb" />
      </Switch.Root>
    </div>
  );
}
