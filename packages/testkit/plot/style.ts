import { HUES } from './hues.ts';

/** In pixels. */
export const SIZE = { head: 17, text: 13, small: 12 } as const;

const huesOn = (ground: 'light' | 'dark'): string =>
  Object.entries(HUES)
    .map(([name, hue]) => `path.${name} { stroke: ${hue[ground]} } .${name} { fill: ${hue[ground]} }`)
    .join('\n  ');

/** The card has a ground of its own, so that it can be read on any page; its colours follow the reader's setting. */
export const STYLE = `
  text { font: ${SIZE.text}px system-ui, sans-serif; fill: #1f2937 }
  .ground { fill: #ffffff; stroke: #e5e7eb }
  .head { font-size: ${SIZE.head}px; font-weight: 600 } .title, .name, .value { font-weight: 600 }
  .tick, .note, .sub { fill: #6b7280; font-size: ${SIZE.small}px; font-weight: 400 }
  .halo { stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round; paint-order: stroke }
  .grid { stroke: #eceff3 } .axis { stroke: #9ca3af } .guide { stroke: #d1d5db; stroke-dasharray: 2 3 }
  .mark { stroke: #dc2626; stroke-dasharray: 2 4 } .limit { stroke: #6b7280; stroke-dasharray: 6 4 }
  ${huesOn('light')}
  path.line { fill: none; stroke-width: 2; stroke-linejoin: round }
  @media (prefers-color-scheme: dark) {
  text { fill: #e5e7eb } .ground { fill: #111827; stroke: #374151 } .tick, .note, .sub { fill: #9ca3af }
  .halo { stroke: #111827 } .grid { stroke: #1f2937 } .axis { stroke: #6b7280 } .guide { stroke: #4b5563 }
  .mark { stroke: #f87171 } .limit { stroke: #9ca3af }
  ${huesOn('dark')}
  }`;
