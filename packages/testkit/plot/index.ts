export { barPanel } from './bar-panel.ts';
export type { Bar, BarRow } from './bar-row.ts';
export { card, type Part } from './card.ts';
export type { EventMark } from './event-marks.ts';
export { type Hue, nthHue } from './hues.ts';
export { type Line, linePanel } from './line-panel.ts';
export { linearScale, logScale, scaleFromZero } from './scale.ts';
export { figure } from './shapes.ts';
