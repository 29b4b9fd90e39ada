/** The host does not answer: it was stopped, or the machine lost its way to it. */
export class HostLostError extends Error {
  override name = 'HostLostError';
  constructor(options?: ErrorOptions) {
    super('Lectern’s server does not answer. If it was stopped, start it again and open the address that it prints.', options);
  }
}

/** This page has no session with the host. */
export class NotAdmittedError extends Error {
  override name = 'NotAdmittedError';
}
