import { Histogram } from '../measure/histogram.ts';

/** What all people of a run measure together. */
export class LabMeters {
  /** From writing until the other device was told. */
  readonly delivery = new Histogram();
  /** From the end of an outage until something got through. */
  readonly recover = new Histogram();
  outages = 0;
  /** Messages that the SDK gave up on. */
  failed = 0;
}
