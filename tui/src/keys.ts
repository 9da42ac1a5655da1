import type { Key } from "./input/input.ts";

/**
 * Every key there is, by where it works. The only place in which keys are bound: the help screen and
 * docs/keys.md are made from it, and `update` handles exactly these commands.
 */
export const keys = {
  title: {
    delve: { keys: ["enter", "d"], does: "delve now, alone" },
    guest: { keys: ["g"], does: "play as a guest: the lobby" },
    create: { keys: ["c"], does: "make a party" },
    join: { keys: ["j"], does: "join a party by its code" },
    watch: { keys: ["w"], does: "watch runs" },
    login: { keys: ["l"], does: "log in" },
    register: { keys: ["r"], does: "register" },
    quit: { keys: ["q"], does: "quit" },
  },
  form: {
    send: { keys: ["enter"], does: "next field, then send" },
    next: { keys: ["tab", "down"], does: "next field" },
    previous: { keys: ["shift-tab", "up"], does: "field before" },
    back: { keys: ["escape"], does: "back" },
  },
  lobby: {
    delve: { keys: ["enter", "d"], does: "delve now, alone" },
    create: { keys: ["c"], does: "make a party" },
    join: { keys: ["j"], does: "join a party by its code" },
    watch: { keys: ["w"], does: "watch runs" },
    chat: { keys: ["t"], does: "chat" },
    keep: { keys: ["K"], does: "keep the guest's account: register it" },
    logout: { keys: ["O"], does: "log out" },
    help: { keys: ["?"], does: "help" },
    quit: { keys: ["q"], does: "quit" },
  },
  party: {
    class1: { keys: ["1"], does: "be a warrior" },
    class2: { keys: ["2"], does: "be a mage" },
    class3: { keys: ["3"], does: "be a ranger" },
    class4: { keys: ["4"], does: "be a healer" },
    class5: { keys: ["5"], does: "be a rogue" },
    ready: { keys: ["space"], does: "ready, or not yet" },
    delve: { keys: ["d", "enter"], does: "delve (the leader)" },
    up: { keys: ["up"], does: "member above" },
    down: { keys: ["down"], does: "member below" },
    kick: { keys: ["k"], does: "send the chosen member away (the leader)" },
    watch: { keys: ["w"], does: "who may watch (leader)" },
    chat: { keys: ["t"], does: "chat" },
    leave: { keys: ["L", "Q"], does: "leave the party" },
    help: { keys: ["?"], does: "help" },
  },
  dungeon: {
    west: { keys: ["h", "left", "pad4"], does: "west" },
    south: { keys: ["j", "down", "pad2"], does: "south" },
    north: { keys: ["k", "up", "pad8"], does: "north" },
    east: { keys: ["l", "right", "pad6"], does: "east" },
    northwest: { keys: ["y", "home", "pad7"], does: "north-west" },
    northeast: { keys: ["u", "pageup", "pad9"], does: "north-east" },
    southwest: { keys: ["b", "end", "pad1"], does: "south-west" },
    southeast: { keys: ["n", "pagedown", "pad3"], does: "south-east" },
    wait: { keys: [".", "centre", "pad5"], does: "wait" },
    stairs: { keys: [">", "<"], does: "take the stairs" },
    pickup: { keys: ["g", ","], does: "pick up" },
    pack: { keys: ["i"], does: "pack: use, drop, throw" },
    ability1: { keys: ["1"], does: "first ability" },
    ability2: { keys: ["2"], does: "second ability" },
    ability3: { keys: ["3"], does: "third ability" },
    ability4: { keys: ["4"], does: "fourth ability" },
    shoot: { keys: ["f"], does: "fire the ranged weapon" },
    survey: { keys: ["s"], does: "survey a vein" },
    mine: { keys: ["m"], does: "mine a vein" },
    revive: { keys: ["r"], does: "lift a fallen member" },
    close: { keys: ["c"], does: "close a door" },
    crew: { keys: ["@", "C"], does: "the crew" },
    values: { keys: ["v"], does: "values of the last vein surveyed" },
    chat: { keys: ["t"], does: "chat" },
    help: { keys: ["?"], does: "help" },
    leave: { keys: ["Q"], does: "leave the party" },
  },
  direction: {
    west: { keys: ["h", "left", "pad4"], does: "west" },
    south: { keys: ["j", "down", "pad2"], does: "south" },
    north: { keys: ["k", "up", "pad8"], does: "north" },
    east: { keys: ["l", "right", "pad6"], does: "east" },
    northwest: { keys: ["y", "home", "pad7"], does: "north-west" },
    northeast: { keys: ["u", "pageup", "pad9"], does: "north-east" },
    southwest: { keys: ["b", "end", "pad1"], does: "south-west" },
    southeast: { keys: ["n", "pagedown", "pad3"], does: "south-east" },
    back: { keys: ["escape", "q"], does: "never mind" },
  },
  aim: {
    west: { keys: ["h", "left", "pad4"], does: "cursor west" },
    south: { keys: ["j", "down", "pad2"], does: "cursor south" },
    north: { keys: ["k", "up", "pad8"], does: "cursor north" },
    east: { keys: ["l", "right", "pad6"], does: "cursor east" },
    northwest: { keys: ["y", "home", "pad7"], does: "cursor north-west" },
    northeast: { keys: ["u", "pageup", "pad9"], does: "cursor north-east" },
    southwest: { keys: ["b", "end", "pad1"], does: "cursor south-west" },
    southeast: { keys: ["n", "pagedown", "pad3"], does: "cursor south-east" },
    next: { keys: ["tab"], does: "next enemy" },
    previous: { keys: ["shift-tab"], does: "enemy before" },
    fire: { keys: ["enter", "f", "space", "."], does: "there" },
    back: { keys: ["escape", "q"], does: "never mind" },
  },
  pack: {
    up: { keys: ["up", "k"], does: "item above" },
    down: { keys: ["down", "j"], does: "item below" },
    use: { keys: ["enter", "u", "e"], does: "drink, read, put on or take off" },
    drop: { keys: ["d"], does: "drop" },
    throw: { keys: ["t", "f"], does: "throw" },
    back: { keys: ["escape", "i", "q"], does: "back" },
  },
  chat: {
    send: { keys: ["enter"], does: "say it" },
    channel: { keys: ["tab"], does: "party or everybody" },
    older: { keys: ["up"], does: "what you said before" },
    newer: { keys: ["down"], does: "what you said after it" },
    pageup: { keys: ["pageup"], does: "older lines" },
    pagedown: { keys: ["pagedown"], does: "newer lines" },
    back: { keys: ["escape"], does: "back" },
  },
  code: {
    send: { keys: ["enter"], does: "join" },
    back: { keys: ["escape"], does: "back" },
  },
  help: {
    up: { keys: ["up", "k", "pageup"], does: "up" },
    down: { keys: ["down", "j", "pagedown", "space"], does: "down" },
    back: { keys: ["escape", "?", "q", "enter"], does: "back" },
  },
  panel: {
    back: { keys: ["escape", "enter", "q", "space", "v", "c", "@", "C"], does: "back" },
  },
  confirm: {
    yes: { keys: ["y", "Y", "enter"], does: "yes" },
    no: { keys: ["n", "N", "escape", "q"], does: "no" },
  },
  summary: {
    back: { keys: ["enter", "space", "escape"], does: "back to the party" },
    watch: { keys: ["w"], does: "watch the run again" },
    chat: { keys: ["t"], does: "chat" },
    help: { keys: ["?"], does: "help" },
  },
  runs: {
    up: { keys: ["up", "k"], does: "run above" },
    down: { keys: ["down", "j"], does: "run below" },
    open: { keys: ["enter", "w"], does: "watch the chosen run" },
    whose: { keys: ["tab"], does: "finished runs: everybody's or yours" },
    refresh: { keys: ["r"], does: "ask for the lists again" },
    chat: { keys: ["t"], does: "chat" },
    help: { keys: ["?"], does: "help" },
    back: { keys: ["escape", "q"], does: "back" },
  },
  watch: {
    pause: { keys: ["space", "p"], does: "pause, or go on" },
    back10: { keys: ["left"], does: "10 s back" },
    on10: { keys: ["right"], does: "10 s on" },
    back60: { keys: ["[", "shift-left"], does: "60 s back" },
    on60: { keys: ["]", "shift-right"], does: "60 s on" },
    start: { keys: ["home"], does: "to the start" },
    end: { keys: ["end"], does: "to the end" },
    faster: { keys: ["+", "up", "="], does: "twice as fast" },
    slower: { keys: ["-", "down"], does: "half as fast" },
    next: { keys: ["tab"], does: "follow the next member" },
    previous: { keys: ["shift-tab"], does: "follow the member before" },
    crew: { keys: ["c", "@", "C"], does: "the crew" },
    chat: { keys: ["t"], does: "chat" },
    help: { keys: ["?"], does: "help" },
    back: { keys: ["escape", "q"], does: "back to the list" },
  },
  anywhere: {
    quit: { keys: ["ctrl-c"], does: "quit at once" },
    redraw: { keys: ["ctrl-l"], does: "draw everything again" },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Binding>>>>;

export type Binding = { readonly keys: readonly string[]; readonly does: string };
export type Context = keyof typeof keys;
export type Command<C extends Context> = keyof (typeof keys)[C] & string;

/** Contexts in the words of the help screen. */
export const contextNames: Readonly<Record<Context, string>> = {
  title: "On the title",
  form: "In a form",
  lobby: "In the lobby",
  party: "In a party",
  dungeon: "In the dungeon",
  direction: "When asked which way",
  aim: "When aiming",
  pack: "In the pack",
  chat: "In the chat",
  code: "When asked for a code",
  help: "In the help",
  panel: "In a panel",
  confirm: "When asked",
  summary: "After a run",
  runs: "In the list of runs",
  watch: "When watching",
  anywhere: "Anywhere",
};

/** A key as the table writes it. */
export const keyName = (key: Key): string => {
  const name = key.key === " " ? "space" : key.key;
  const shift = key.shift && name.length > 1 ? "shift-" : "";
  return `${key.ctrl ? "ctrl-" : ""}${key.alt ? "alt-" : ""}${shift}${name}`;
};

const byKey: Readonly<Record<string, ReadonlyMap<string, string>>> = Object.fromEntries(
  Object.entries(keys).map(([context, commands]) => [
    context,
    new Map(
      Object.entries<Binding>(commands).flatMap(([command, { keys: names }]) =>
        names.map((name): [string, string] => [name, command]),
      ),
    ),
  ]),
);

/** The command that a key gives in a context. */
export const commandOf = <C extends Context>(context: C, key: Key): Command<C> | undefined =>
  byKey[context]!.get(keyName(key)) as Command<C> | undefined;

const SHOWN: Readonly<Record<string, string>> = {
  left: "←",
  right: "→",
  up: "↑",
  down: "↓",
  escape: "Esc",
  enter: "Enter",
  space: "Space",
  tab: "Tab",
  "shift-tab": "Shift-Tab",
  "shift-left": "Shift-←",
  "shift-right": "Shift-→",
  home: "Home",
  end: "End",
  pageup: "PgUp",
  pagedown: "PgDn",
  "ctrl-c": "Ctrl-C",
  "ctrl-l": "Ctrl-L",
};

/** Keys as people read them; the keypad's are left out, they follow the arrows. */
export const shownKeys = (binding: Binding): string =>
  binding.keys
    .filter((name) => !name.startsWith("pad") && name !== "centre")
    .map((name) => SHOWN[name] ?? name)
    .join(" ");

/** The text of docs/keys.md. */
export const keysPage = (): string => {
  const parts = Object.entries(keys).map(([context, commands]) => {
    const rows = Object.values<Binding>(commands).map(
      (binding) => `| ${shownKeys(binding).replaceAll("|", "\\|")} | ${binding.does} |`,
    );
    return `## ${contextNames[context as Context]}\n\n| key | what it does |\n|---|---|\n${rows.join("\n")}\n`;
  });
  return `# Keys\n\nMade from \`tui/src/keys.ts\` by its test; edit that instead.\n\n${parts.join("\n")}`;
};
