// npm run faults: real processes under load and under faults, for as long as one likes, judged by the simulator's checkers.
import { parseArgs } from 'node:util';
import { clusterCampaign } from '../cluster/kit/campaign.ts';
import { serverCampaign } from './kit/campaign.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    cluster: { type: 'boolean', default: false },
  },
});
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
if (!(minutes > 0) || !Number.isInteger(seed)) {
  throw new RangeError('usage: --minutes <minutes> --seed <number> [--cluster]');
}
process.exitCode = values.cluster ? await clusterCampaign(minutes, seed) : await serverCampaign(minutes, seed);
