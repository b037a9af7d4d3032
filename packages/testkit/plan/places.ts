/** Places in words a shell takes: `0-2,7`. */
export function formatPlaces(places: Iterable<number>): string {
  const sorted = [...places].sort((a, b) => a - b);
  const runs: { from: number; to: number }[] = [];
  for (const place of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && place === last.to + 1) last.to = place;
    else runs.push({ from: place, to: place });
  }
  return runs.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}

/** Throws RangeError when `text` is not a list of places. */
export function parsePlaces(text: string): Set<number> {
  const places = new Set<number>();
  for (const run of text.split(',')) {
    const match = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(run.trim());
    if (match === null) throw new RangeError(`not a list of places: ${text}`);
    const from = Number(match[1]);
    for (let place = from; place <= Number(match[2] ?? from); place++) places.add(place);
  }
  return places;
}
