import { Search } from 'lucide-react';
import { useId, useState } from 'react';
import type { CommandId } from '#api';
import { announce } from '../../state/actions/notices';
import { findSettings, resetText, settingSections } from '../../state/setting-options';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { countOf } from '../kit/format';
import { SettingRow } from './SettingControl';
import './settings-dialog.css';

/** Everything that can be set, found by words. `command`: the option that it begins with. */
export function SettingsDialog({ command }: { command?: CommandId | undefined }) {
  const [typed, setTyped] = useState('');
  const headingId = useId();
  const found = findSettings(typed);
  const search = (words: string) => {
    setTyped(words);
    announce(words.trim() === '' ? '' : countOf(findSettings(words).length, 'setting'));
  };
  return (
    <Dialog title="Settings" width={720} firstFocus={command && `[data-command="${command}"] :is(select, input, button, [role="slider"])`}>
      <div className="settings-search">
        <Search aria-hidden="true" />
        <input
          type="text"
          aria-label="Search settings"
          placeholder="Search settings"
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={({ target }) => search(target.value)}
        />
      </div>
      <div className="settings-list">
        {settingSections.map((section) => {
          const options = found.filter((option) => option.section === section);
          if (options.length === 0) return null;
          return (
            <section key={section} aria-labelledby={`${headingId}-${section}`}>
              <h3 id={`${headingId}-${section}`}>{section}</h3>
              {options.map((option) => (
                <SettingRow key={option.title} option={option} />
              ))}
              {section === 'Text' && typed.trim() === '' && (
                <Button kind="quiet" onClick={resetText}>
                  Use the usual text settings again
                </Button>
              )}
            </section>
          );
        })}
        {found.length === 0 && <p className="settings-none">No setting matches “{typed.trim()}”.</p>}
      </div>
    </Dialog>
  );
}
