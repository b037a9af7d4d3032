import { spent, type Used, usedBy } from '../measure/used.ts';
import { GeneratorProcess } from './generator.ts';
import type { Order, Report } from './orders.ts';
import type { System } from './system.ts';

type Finish = 'finished' | 'ejabberd-finished';

/** The generator's last report, and what each part of the system used while it was measured. */
export type Loaded<F extends Finish> = Report & { name: F } & { used: Readonly<Record<string, Used>> };

/** Lets a generator load what runs in these processes, and sees what they use meanwhile. */
export async function underLoad<F extends Finish>(
  { pids }: Pick<System, 'pids'>,
  order: Order,
  finish: F,
  onConnected: () => void,
): Promise<Loaded<F>> {
  const generator = new GeneratorProcess(order);
  try {
    await generator.next('connected');
    onConnected();
    await generator.next('window-opened');
    const before = usedBy({ pids });
    await generator.next('window-closed');
    const after = usedBy({ pids });
    const finished = await generator.next(finish);
    return { ...finished, used: spent(before, after) };
  } finally {
    await generator.stop();
  }
}
