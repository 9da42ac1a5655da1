import { Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { type BucketSpec, pack, unpack } from "@underlode/contracts";
import type { z } from "zod";
import type { Bucket } from "./bus.ts";

/** A bucket in NATS KV; values that do not fit the spec count as absent. */
export const natsBucket = async <V extends z.ZodType>(
  nc: NatsConnection,
  spec: BucketSpec<V>,
): Promise<Bucket<z.infer<V>>> => {
  const kv = await new Kvm(nc).create(spec.name, {
    history: 1,
    ...(spec.ttlMs === undefined ? {} : { ttl: spec.ttlMs }),
  });
  /** False where somebody else was first; other faults are thrown. */
  const first = async (write: Promise<unknown>): Promise<boolean> => {
    try {
      await write;
      return true;
    } catch (error) {
      if (/wrong last sequence/i.test(String(error))) return false;
      throw error;
    }
  };
  return {
    get: async (key) => {
      const entry = await kv.get(key);
      if (entry === null || entry.operation !== "PUT") return undefined;
      const value = spec.value.safeParse(unpack(entry.value));
      return value.success ? { value: value.data, revision: entry.revision } : undefined;
    },
    put: (key, value) => kv.put(key, pack(value)),
    create: (key, value) => first(kv.create(key, pack(value))),
    update: (key, value, revision) => first(kv.update(key, pack(value), revision)),
    delete: (key, revision) =>
      first(kv.delete(key, revision === undefined ? {} : { previousSeq: revision })),
    keys: async () => {
      const keys: string[] = [];
      for await (const key of await kv.keys()) keys.push(key);
      return keys;
    },
  };
};
