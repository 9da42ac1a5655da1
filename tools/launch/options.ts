import { FLAG, optionsOf, TEXT } from "../options.ts";
import { defaultHome } from "./home.ts";

/** What the command line says. */
export interface Options {
  help: boolean;
  headless: boolean;
  home: string;
  port?: number;
  connections: number;
}

const CONNECTIONS_MAX = 16;

/** The text of --help. */
export const help = `Underlode: everything on this machine, and the game.

  npm start                     start all services and play
  npm start -- --headless       start all services; print one JSON line when ready; run until SIGINT or SIGTERM

Options
  --headless         no client (also when there is no terminal)
  --port N           port for players, ws and http (default: 7777, or a free one if that is taken; 0: a free one)
  --home DIR         where data, logs and secrets live (default: UNDERLODE_HOME, else $XDG_DATA_HOME/underlode,
                     else ~/.local/share/underlode)
  --connections N    copies of the connection service, 1 to ${CONNECTIONS_MAX} (default: 1)
  --help             this text

Environment
  UNDERLODE_HOME         as --home
  UNDERLODE_PORT         as --port
  UNDERLODE_NATS_SERVER  the nats-server to run, 2.9 or later (also NATS_SERVER; default: PATH, the cache, a download)
  UNDERLODE_LOG_LEVEL    trace, debug, info, warn or error (default: info)
  UNDERLODE_DEBUG        set to 1 to see where an unforeseen error came from
  XDG_CACHE_HOME         where fetched programs are kept (default: ~/.cache)

Exit codes
  0  stopped as asked     1  could not start, or the client failed     2  wrong options
  3  this home is served by another launcher already; the message says where
`;

const { parse, number } = optionsOf("npm start");

/** Reads the command line and the environment; mistakes are Trouble with exit code 2. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv = process.env): Options {
  const values = parse(args, {
    ...{ port: TEXT, home: TEXT, connections: TEXT },
    ...{ headless: FLAG, help: { ...FLAG, short: "h" } },
  });
  const port = number("--port", (values.port ?? env.UNDERLODE_PORT) || undefined, {
    least: 0,
    most: 65_535,
    usual: undefined,
  });
  return {
    help: values.help ?? false,
    headless: values.headless ?? false,
    home: values.home || defaultHome(env),
    connections: number("--connections", values.connections || undefined, {
      least: 1,
      most: CONNECTIONS_MAX,
      usual: 1,
    }),
    ...(port === undefined ? {} : { port }),
  };
}
