// npm run hour: people with their devices in real browsers, doing what people do, on a network and a server as they are.
import { parseArgs } from 'node:util';
import { playHour } from './kit/hour.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' } },
});
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
if (!(minutes > 0) || !Number.isInteger(seed)) throw new RangeError('usage: --minutes <minutes> --seed <number>');
process.exitCode = (await playHour(minutes, seed, (line) => console.log(line))) ? 0 : 1;
