import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Nats, startNats } from "../../../tools/launch/nats.ts";
import type { Bus, BusCounters } from "../src/bus.ts";
import { connectBus } from "../src/nats-bus.ts";

/** A real nats-server in a folder of its own, which can be killed and started again. */
export type NatsWorld = {
  /** Address and login of the server that runs now. */
  readonly nats: Nats;
  open(counters?: BusCounters): Promise<Bus>;
  kill(): Promise<void>;
  /** The same port and the same stored messages. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

export const startNatsWorld = async (): Promise<NatsWorld> => {
  const dir = await mkdtemp(join(tmpdir(), "underlode-bus-"));
  let nats = await startNats({ dir });
  return {
    get nats() {
      return nats;
    },
    open: (counters) => {
      const { url, user, password } = nats;
      return connectBus({ url, user, password, name: "test", ...(counters && { counters }) });
    },
    kill: () => nats.kill(),
    restart: async () => {
      const { port, user, password } = nats;
      nats = await startNats({ dir, port, user, password });
    },
    close: async () => {
      await nats.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
};
