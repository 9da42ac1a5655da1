/** 32-bit mixing for check values; one step of murmur3 each, in integers only. */
export function mix(hash: number, value: number): number {
  let k = Math.imul(value | 0, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const h = hash ^ k;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** Last step of a check value: spreads every bit and makes it unsigned. */
export function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

export function mixText(hash: number, text: string): number {
  let h = mix(hash, text.length);
  for (let i = 0; i < text.length; i += 1) h = mix(h, text.charCodeAt(i));
  return h;
}

/**
 * Mixes JSON-compatible data. Keys count in any order, and a key without a value is none: storage
 * may have reordered the ones and dropped the others.
 */
export function mixData(hash: number, data: unknown): number {
  if (typeof data === "number") return mix(mix(hash, data), Math.floor(data / 0x100000000));
  if (typeof data === "string") return mixText(hash, data);
  if (typeof data === "boolean") return mix(hash, data ? 1 : 2);
  if (typeof data !== "object" || data === null) return mix(hash, 3);
  let sum = 0;
  for (const key of Object.keys(data)) {
    const value = (data as Readonly<Record<string, unknown>>)[key];
    if (value !== undefined) sum = (sum + finish(mixData(keyHash(key), value))) | 0;
  }
  return mix(hash, sum);
}

/** Names of fields come again and again; those of things (ids, players) are few in a run. */
const KEYS_MAX = 4096;
const keyHashes = new Map<string, number>();

function keyHash(key: string): number {
  const known = keyHashes.get(key);
  if (known !== undefined) return known;
  const hash = mixText(0x2545f491, key);
  if (keyHashes.size < KEYS_MAX) keyHashes.set(key, hash);
  return hash;
}
