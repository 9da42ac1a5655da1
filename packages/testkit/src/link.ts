import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type LinkOptions = {
  /** ws://host:port/path of the real server. */
  url: string;
  /** Milliseconds added each way. */
  delayMs?: number;
};

/** A link to a server that can be slow, cut and mended. */
export type Link = {
  readonly url: string;
  /** Ends every connection at once, without a word. */
  cut(): void;
  /** While down, nobody gets through. */
  down(isDown: boolean): void;
  stop(): Promise<void>;
};

/** Starts a proxy in front of a server, on a free port of this machine. */
export const badLink = async ({ url, delayMs = 0 }: LinkOptions): Promise<Link> => {
  const target = new URL(url);
  const open = new Set<Socket>();
  let isDown = false;
  const later = (act: () => void): void => {
    if (delayMs === 0) act();
    else setTimeout(act, delayMs);
  };
  const pass = (from: Socket, to: Socket): void => {
    open.add(from);
    from.on("data", (chunk) => later(() => to.destroyed || to.write(chunk)));
    from.on("error", () => {});
    from.on("close", () => {
      open.delete(from);
      later(() => to.destroy());
    });
  };
  const server = createServer((near) => {
    if (isDown) return near.destroy();
    const far = connect(Number(target.port), target.hostname);
    pass(near, far);
    pass(far, near);
  });
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${target.protocol}//127.0.0.1:${port}${target.pathname}`,
    cut,
    down: (down) => {
      isDown = down;
      if (down) cut();
    },
    stop: () => {
      cut();
      return new Promise((done) => server.close(() => done()));
    },
  };
};
