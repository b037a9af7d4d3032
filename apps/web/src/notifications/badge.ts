const COUNT_MAX = 99;
let drawn: string | undefined;
/** The icon as it is without a badge. */
let plain: Promise<string> | undefined;
let wanted = 0;

const iconLink = () => document.querySelector<HTMLLinkElement>('link[rel="icon"]');

/** The icon's SVG with a badge on it. */
export function badged(svg: string, count: number): string {
  const text = count > COUNT_MAX ? `${COUNT_MAX}+` : String(count);
  const size = text.length > 2 ? 15 : text.length > 1 ? 19 : 23;
  const badge =
    '<circle cx="34" cy="34" r="14" fill="#bf3f2b"/>' +
    `<text x="34" y="${34 + size * 0.36}" text-anchor="middle" font-family="sans-serif" font-weight="700" ` +
    `font-size="${size}" fill="#fff">${text}</text>`;
  return svg.replace('</svg>', `${badge}</svg>`);
}

/** How many messages wait, on the tab's icon and, where the platform can, on that of the installed application. */
export function showBadge(count: number): void {
  wanted = count;
  // Only an installed application has such a badge; elsewhere it is refused, and nothing is lost.
  const told = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  told?.catch(() => {});
  void draw();
}

async function draw(): Promise<void> {
  plain ??= fetch('/favicon.svg').then((answer) => answer.text());
  const svg = await plain.catch(() => undefined);
  const link = iconLink();
  if (svg === undefined || link === null) {
    plain = undefined;
    return;
  }
  const href = wanted === 0 ? '/favicon.svg' : `data:image/svg+xml,${encodeURIComponent(badged(svg, wanted))}`;
  if (drawn === href) return;
  drawn = href;
  link.href = href;
}
