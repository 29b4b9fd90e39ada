import type { Failure } from '#api';

/** What is asked for cannot be made, for a reason that the reader is told. */
export class ExportRefused extends Error {
  override name = 'ExportRefused';
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.failure = failure;
  }
}
