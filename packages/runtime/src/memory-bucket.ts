import { type BucketSpec, pack, unpack } from "@underlode/contracts";
import type { z } from "zod";
import type { Bucket } from "./bus.ts";

type Kept = { bytes: Uint8Array; revision: number; until: number };
/** What a bucket holds; shared by all buses of a broker. */
export type MemoryKeys = { entries: Map<string, Kept>; revision: number };

export const memoryBucket = <V extends z.ZodType>(
  keys: MemoryKeys,
  spec: BucketSpec<V>,
): Bucket<z.infer<V>> => {
  const live = (key: string): Kept | undefined => {
    const found = keys.entries.get(key);
    if (found !== undefined && found.until < Date.now()) keys.entries.delete(key);
    return keys.entries.get(key);
  };
  const set = (key: string, value: unknown): number => {
    keys.revision += 1;
    const until = spec.ttlMs === undefined ? Number.POSITIVE_INFINITY : Date.now() + spec.ttlMs;
    keys.entries.set(key, { bytes: pack(value), revision: keys.revision, until });
    return keys.revision;
  };
  return {
    get: async (key) => {
      const found = live(key);
      if (found === undefined) return undefined;
      const value = spec.value.safeParse(unpack(found.bytes));
      return value.success ? { value: value.data, revision: found.revision } : undefined;
    },
    put: async (key, value) => set(key, value),
    create: async (key, value) => live(key) === undefined && set(key, value) > 0,
    update: async (key, value, revision) => live(key)?.revision === revision && set(key, value) > 0,
    delete: async (key, revision) => {
      if (revision !== undefined && live(key)?.revision !== revision) return false;
      keys.entries.delete(key);
      return true;
    },
    keys: async () => [...keys.entries.keys()].filter((key) => live(key) !== undefined),
  };
};
