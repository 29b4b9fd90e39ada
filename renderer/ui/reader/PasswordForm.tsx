import { type FormEvent, useEffect, useRef } from 'react';
import { unlockDocument } from '../../state/actions/documents';
import { focusPane, isFocusLost } from '../../state/actions/focus';
import { reportError } from '../../state/actions/notices';
import { Button } from '../kit/Button';

/** Asks for the password of a protected document. `message` says of which, and whether one was wrong. */
export function PasswordForm({ message }: { message: string }) {
  const field = useRef<HTMLInputElement>(null);
  // Who came to read has the keyboard here; who goes through the list keeps it there.
  useEffect(() => {
    if (isFocusLost() || document.activeElement?.contains(field.current)) field.current?.focus();
  }, []);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    const password = field.current?.value ?? '';
    if (password === '') return;
    void unlockDocument(password).catch(reportError);
    // This form goes, and the text, or the next one, has the keyboard.
    focusPane('main');
  };
  return (
    <form className="reading-failure password-form" onSubmit={handleSubmit}>
      <p role="alert">{message}</p>
      <label>
        Password
        <input ref={field} type="password" className="field" autoComplete="off" />
      </label>
      <Button kind="primary" type="submit">
        Open
      </Button>
      <p className="password-hint">It is kept nowhere: Lectern asks for it each time.</p>
    </form>
  );
}
