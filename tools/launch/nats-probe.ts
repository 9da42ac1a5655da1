// Health of nats-server means an answered JetStream request. This asks one over a bare socket, so that the
// launcher needs no client library and a probe leaves no connection behind.
import { connect } from "node:net";

/** Where and as whom to ask. */
export interface NatsTarget {
  port: number;
  user: string;
  password: string;
}

/** Asks JetStream for its account's state; resolves when answered, rejects with the reason otherwise. */
export function askJetStream(
  { port, user, password }: NatsTarget,
  timeoutMs: number,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1" });
    let heard = "";
    const end = (error?: Error) => {
      clearTimeout(timer);
      socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    const timer = setTimeout(() => end(new Error("no answer from JetStream")), timeoutMs);
    socket.once("error", end);
    socket.once("connect", () => {
      const hello = JSON.stringify({ user, pass: password, verbose: false, name: "launcher" });
      socket.write(
        `CONNECT ${hello}\r\nSUB _INBOX.probe 1\r\nPUB $JS.API.INFO _INBOX.probe 0\r\n\r\nPING\r\n`,
      );
    });
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      heard += chunk;
      const refusal = heard.match(/-ERR '([^']*)'/)?.[1];
      if (refusal) end(new Error(refusal));
      else if (/"error":\{[^}]*"description":"([^"]*)"/.test(heard)) end(new Error(RegExp.$1));
      else if (heard.includes("account_info_response")) end();
    });
    socket.once("close", () => end(new Error("the connection was closed")));
  });
}
