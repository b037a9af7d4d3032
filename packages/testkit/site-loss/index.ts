export type { SiteLossReport, SiteReport } from './report-of.ts';
export type { Sample } from './series.ts';
export { simulateSiteLoss } from './simulate-site-loss.ts';
export { LOST_SITE, SITES, type SiteLossOptions } from './world.ts';
