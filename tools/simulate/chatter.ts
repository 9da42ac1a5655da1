import type { Bus } from "@underlode/runtime";
import { start } from "../../services/chat/src/service.ts";
import type { Server } from "./network.ts";
import { newProcess, noMetrics, type Process } from "./process.ts";

/** One life of the chat service. */
export const startChat = (server: Server, decorate: (bus: Bus) => Bus): Process => {
  const process = newProcess(server, "chat", decorate);
  const scope = { bus: process.bus, metrics: noMetrics, onDrain: () => {} };
  server.scheduler.call(process.actor, "start", () => void start(scope));
  return process;
};
