import { createServer } from "node:net";
import { Trouble } from "../setup/say.mjs";

/** The port that players are told about when nobody chose one and it is free. */
export const PORT_USUAL = 7777;

/** Whether a TCP port on the loopback address can be listened on now. */
export function isFree(port: number): Promise<boolean> {
  return listen(port).then(
    () => true,
    () => false,
  );
}

/** A TCP port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return listen(0);
}

/** The port to ask for when nobody chose one: the usual one, else any. */
export async function usualPort(): Promise<number> {
  return (await isFree(PORT_USUAL)) ? PORT_USUAL : 0;
}

/** The public port: the chosen one or Trouble; 0 leaves it to whoever listens. */
export async function publicPort(chosen: number): Promise<number> {
  if (chosen === 0) return 0;
  const reason = await listen(chosen).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error.code,
  );
  if (reason === undefined) return chosen;
  throw new Trouble(
    reason === "EACCES"
      ? `this user may not listen on port ${chosen}.`
      : `port ${chosen} is in use by another program.`,
    "Choose another with --port N, or leave it out: a free one is taken.",
  );
}

function listen(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : port));
    });
  });
}
