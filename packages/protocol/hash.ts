/** FNV-1a's 32-bit offset basis and prime (Fowler, Noll and Vo, 1991). */
export const FNV_BASIS = 0x811c9dc5;
export const FNV_PRIME = 0x01000193;

/** MurmurHash3's 32-bit finaliser (Austin Appleby): every bit of the result depends on every bit of `value`. */
export function mix(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** 32 bits that stand for an id (FNV-1a, then mixed). Ids are ASCII. */
export function idHash(id: string): number {
  let hash = FNV_BASIS;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ (id.charCodeAt(at) & 0xff), FNV_PRIME);
  return mix(hash);
}
