import type { Address, Email } from 'postal-mime';
import { escapeHtml } from '#model';

/** The value of a field of a mail's header as it is written. */
export const fieldOf = ({ headers }: Email, name: string): string | undefined => headers.find(({ key }) => key === name)?.value;

/** Who wrote a mail, by name, else by address. */
export const senderOf = ({ from, sender }: Email): string | undefined => {
  const writer = from ?? sender;
  return writer && (writer.name || writer.address);
};

/** Who wrote a mail to whom, and when, as the lines above it: HTML, empty for one that does not say. */
export function headerLines(email: Email): string {
  const lines: [name: string, value: string][] = [
    ['From', addresses(email.from && [email.from])],
    ['To', addresses(email.to)],
    ['Cc', addresses(email.cc)],
    ['Date', fieldOf(email, 'date') ?? ''],
  ];
  const said = lines.filter(([, value]) => value.trim() !== '').map(([name, value]) => `${name}: ${escapeHtml(value)}`);
  return said.length === 0 ? '' : `<p><small>${said.join('<br>')}</small></p><hr>`;
}

const addresses = (all: readonly Address[] = []): string => all.map(written).join(', ');

function written({ name, address, group }: Address): string {
  if (group) return `${name}: ${addresses(group)}`;
  // The archives of mailing lists write “ann at example.org”, which is no address.
  if (!address) return name;
  return name === '' || name === address ? address : `${name} <${address}>`;
}
