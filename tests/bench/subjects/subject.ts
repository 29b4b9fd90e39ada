import type { Bench } from '../harness/bench';
import type { Libraries } from '../harness/libraries';
import type { Section } from '../harness/report';

/** Something that a reader waits for. */
export interface Subject {
  /** What `--only` names it by. */
  name: string;
  /** Rejects where something broke. */
  measure(bench: Bench, libraries: Libraries): Promise<Section>;
}
