import type { Client } from "@underlode/client";
import type { Act, BoardWish, ClassName, InstanceId } from "@underlode/contracts";

export type Question = Parameters<Client["ask"]>[0];

/** What `update` wants done outside; `socket.ts` does it and answers with events. */
export type Effect =
  /** Sign in as the guest remembered for this server, or as a new one, and connect. */
  | { readonly do: "guest" }
  | { readonly do: "login" | "register" | "keep"; readonly name: string; readonly password: string }
  | { readonly do: "logout" }
  | { readonly do: "ask"; readonly question: Question }
  | { readonly do: "act"; readonly act: Act }
  | { readonly do: "stats" }
  | { readonly do: "list"; readonly what: "live" | "mine" | "all" }
  /** Tells `reminded` after a while. */
  | { readonly do: "remind"; readonly instance: InstanceId; readonly inMs: number }
  | { readonly do: "favour"; readonly class: ClassName }
  /** Writes a text where the player finds it; tells `written` or `failed`. */
  | { readonly do: "write"; readonly name: string; readonly text: string }
  /** Asks for one's vault and the party's; `drop` names ore to throw away first, `back` to take back. */
  | { readonly do: "vault"; readonly drop?: number; readonly back?: number }
  | { readonly do: "board"; readonly wish: BoardWish }
  | { readonly do: "redraw" }
  | { readonly do: "quit" };

export const ask = (question: Question): Effect => ({ do: "ask", question });
export const act = (what: Act): Effect => ({ do: "act", act: what });
