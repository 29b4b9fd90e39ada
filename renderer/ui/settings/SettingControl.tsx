import { Copy, FolderOpen } from 'lucide-react';
import { Slider, Switch } from 'radix-ui';
import { useId } from 'react';
import { copyText } from '../../state/actions/notes';
import { reportError } from '../../state/actions/notices';
import { showFolder } from '../../state/actions/settings';
import { runCommand } from '../../state/commands';
import {
  type ChoiceOption,
  type MeasureOption,
  type PlaceOption,
  pathOfFolder,
  type SettingOption,
  type SwitchOption,
  type WordsOption,
} from '../../state/setting-options';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import './setting-control.css';

/** One option with what sets it: a row of the settings, and of the panel of typography. */
export function SettingRow({ option }: { option: SettingOption }) {
  const id = useId();
  const hintId = useId();
  const { kind, title, hint, command } = option;
  const isLabelled = kind === 'choice' || kind === 'switch' || kind === 'words';
  const describedBy = hint === undefined ? undefined : hintId;
  return (
    <div className="setting" data-kind={kind} data-command={command}>
      <div className="setting-text">
        {isLabelled ? <label htmlFor={id}>{title}</label> : <span aria-hidden={kind === 'measure' || undefined}>{title}</span>}
        {hint !== undefined && (
          <p id={hintId} className="setting-hint">
            {hint}
          </p>
        )}
      </div>
      {kind === 'choice' && <Choice id={id} option={option} describedBy={describedBy} />}
      {kind === 'switch' && <Toggle id={id} option={option} describedBy={describedBy} />}
      {kind === 'words' && <Words id={id} option={option} describedBy={describedBy} />}
      {kind === 'measure' && <Measure option={option} />}
      {kind === 'dialog' && (
        <Button aria-describedby={describedBy} onClick={() => runCommand(command)}>
          {option.label}
        </Button>
      )}
      {kind === 'place' && <Place option={option} />}
    </div>
  );
}

interface LabelledProps<O> {
  id: string;
  option: O;
  describedBy: string | undefined;
}

function Choice({ id, option, describedBy }: LabelledProps<ChoiceOption>) {
  const value = useStore(({ settings }) => option.read(settings));
  return (
    <select id={id} className="field" aria-describedby={describedBy} value={value} onChange={({ target }) => option.write(target.value)}>
      {option.choices.map(([each, label]) => (
        <option key={each} value={each}>
          {label}
        </option>
      ))}
    </select>
  );
}

function Toggle({ id, option, describedBy }: LabelledProps<SwitchOption>) {
  const checked = useStore(({ settings }) => option.read(settings));
  return (
    <Switch.Root id={id} className="switch" aria-describedby={describedBy} checked={checked} onCheckedChange={option.write}>
      <Switch.Thumb className="switch-thumb" />
    </Switch.Root>
  );
}

function Words({ id, option: { longest, placeholder, read, write }, describedBy }: LabelledProps<WordsOption>) {
  const value = useStore(({ settings }) => read(settings));
  return (
    <input
      id={id}
      type="text"
      className="field"
      aria-describedby={describedBy}
      maxLength={longest}
      placeholder={placeholder}
      value={value}
      onChange={({ target }) => write(target.value)}
    />
  );
}

function Measure({ option: { title, min, max, step, show, read, write } }: { option: MeasureOption }) {
  const value = useStore(({ settings }) => read(settings));
  return (
    <>
      <Slider.Root
        className="slider"
        value={[value]}
        min={min}
        max={max}
        step={step}
        onValueChange={([next]) => next !== undefined && write(next)}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb className="slider-thumb" aria-label={title} aria-valuetext={show(value)} />
      </Slider.Root>
      <output aria-hidden="true">{show(value)}</output>
    </>
  );
}

/** A path to copy, and the folder itself where the host can show it. */
function Place({ option: { title, folder } }: { option: PlaceOption }) {
  const path = useStore(({ info }) => pathOfFolder(folder, info));
  const canShow = useStore(({ info }) => info.capabilities.fileManager);
  return (
    <div className="setting-place">
      <code dir="ltr">{path}</code>
      <Button
        aria-label={`Copy the path: ${title}`}
        onClick={() => void copyText(path, 'The path is on the clipboard.').catch(reportError)}
      >
        <Copy />
        Copy the path
      </Button>
      {canShow && (
        <Button aria-label={`Show the folder: ${title}`} onClick={() => void showFolder(folder).catch(reportError)}>
          <FolderOpen />
          Show the folder
        </Button>
      )}
    </div>
  );
}
