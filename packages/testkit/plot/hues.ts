/** The colours of what is shown side by side, on a light and on a dark ground. */
export const HUES = {
  blue: { light: '#2563eb', dark: '#60a5fa' },
  orange: { light: '#d97706', dark: '#fbbf24' },
  green: { light: '#059669', dark: '#34d399' },
  purple: { light: '#9333ea', dark: '#c084fc' },
  red: { light: '#dc2626', dark: '#f87171' },
  teal: { light: '#0891b2', dark: '#22d3ee' },
  pink: { light: '#db2777', dark: '#f472b6' },
  slate: { light: '#475569', dark: '#94a3b8' },
} as const;

/** A class of the style sheet as well. */
export type Hue = keyof typeof HUES;

const names = Object.keys(HUES) as Hue[];

/** The hue of the nth of several; they begin again after the last. */
export const nthHue = (n: number): Hue => names[n % names.length] ?? 'blue';
