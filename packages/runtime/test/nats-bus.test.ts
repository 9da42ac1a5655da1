import { connect } from "@nats-io/transport-node";
import { busContract } from "./bus.contract.ts";
import { startNatsWorld } from "./nats-world.ts";

busContract("on NATS", async () => {
  const world = await startNatsWorld();
  const { url, user, password } = world.nats;
  const rawly = await connect({ servers: url, user, pass: password });
  return {
    open: world.open,
    raw: async (subject, bytes) => {
      rawly.publish(subject, bytes);
      await rawly.flush();
    },
    close: async () => {
      await rawly.close();
      await world.close();
    },
  };
});
