import { MemoryBroker, memoryBus } from "../src/memory-bus.ts";
import { busContract } from "./bus.contract.ts";

busContract("in memory", async () => {
  const broker = new MemoryBroker();
  return {
    open: async (counters) => memoryBus(broker, counters),
    raw: async (subject, bytes) => void broker.publish(subject, bytes),
    close: async () => {},
  };
});
