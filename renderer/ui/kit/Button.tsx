import type { ComponentProps, ReactNode } from 'react';

type ButtonProps = ComponentProps<'button'> & { kind?: 'plain' | 'primary' | 'danger' | 'quiet' };

export const Button = ({ kind = 'plain', ...rest }: ButtonProps) => <button type="button" className="button" data-kind={kind} {...rest} />;

type IconButtonProps = Omit<ComponentProps<'button'>, 'children' | 'aria-label'> & {
  /** What it does; its accessible name, and the tip that the pointer sees. */
  label: string;
  /** The key that does the same, as the reader sees it. */
  keys?: string;
  small?: boolean;
  children: ReactNode;
};

/** A button that shows only an icon. */
export const IconButton = ({ label, keys, small = false, title, ...rest }: IconButtonProps) => (
  <button
    type="button"
    className="icon-button"
    aria-label={label}
    title={title ?? (keys ? `${label} (${keys})` : label)}
    data-size={small ? 'small' : undefined}
    {...rest}
  />
);
