import type { Key } from "./input/input.ts";

/**
 * Every key there is, by where it works. The only place in which keys are bound: the help screen and
 * docs/keys.md are made from it, and `update` handles exactly these commands.
 */
export const keys = {
  title: {
    delve: { keys: ["enter", "d"], does: "delve now, alone" },
    guest: { keys: ["g"], does: "to the lobby, as a guest" },
    create: { keys: ["c"], does: "make a party" },
    join: { keys: ["j"], does: "join a party by its code" },
    watch: { keys: ["w"], does: "watch runs" },
    login: { keys: ["l"], does: "log in" },
    register: { keys: ["r"], does: "register" },
    help: { keys: ["?"], does: "how to play, and all keys" },
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
    whisper: { keys: ["W"], does: "whisper to somebody" },
    vault: { keys: ["v"], does: "the vault: ore, badges" },
    boards: { keys: ["b"], does: "the best runs" },
    keep: { keys: ["K"], does: "keep this account" },
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
    invite: { keys: ["i"], does: "invite somebody by name" },
    kick: { keys: ["k"], does: "send a member away" },
    watch: { keys: ["w"], does: "who may watch (leader)" },
    options: { keys: ["o"], does: "the next run's options" },
    vault: { keys: ["v"], does: "the vaults: ore to take" },
    boards: { keys: ["b"], does: "the best runs" },
    chat: { keys: ["t"], does: "chat" },
    whisper: { keys: ["W"], does: "whisper to somebody" },
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
    rest: { keys: ["z"], does: "rest until well" },
    explore: { keys: ["o"], does: "explore" },
    travel: { keys: ["x", "_"], does: "look, or travel there" },
    down: { keys: [">"], does: "stairs down, or go there" },
    up: { keys: ["<"], does: "stairs up, or go there" },
    attack: { keys: ["a", "tab"], does: "attack the nearest enemy" },
    repeat: { keys: ["R"], does: "repeat the last act" },
    ability1: { keys: ["1"], does: "first ability" },
    ability2: { keys: ["2"], does: "second ability" },
    ability3: { keys: ["3"], does: "third ability" },
    ability4: { keys: ["4"], does: "fourth ability" },
    shoot: { keys: ["f"], does: "fire the ranged weapon" },
    throw: { keys: ["T"], does: "throw a thing" },
    pickup: { keys: ["g", ","], does: "pick up" },
    pack: { keys: ["i"], does: "pack: use, drop, throw" },
    use: { keys: ["U"], does: "use or wear; asks if worn" },
    drop: { keys: ["d"], does: "drop; asks if worn" },
    picks: { keys: ["A"], does: "automatic pickup" },
    interact: { keys: ["e", "enter"], does: "use what is beside you" },
    search: { keys: ["S"], does: "search for what is hidden" },
    close: { keys: ["c"], does: "close a door" },
    revive: { keys: ["r"], does: "lift a fallen member" },
    survey: { keys: ["s"], does: "survey a vein" },
    mine: { keys: ["m"], does: "mine a vein" },
    values: { keys: ["v"], does: "the last vein surveyed" },
    compare: { keys: ["V"], does: "compare two ores" },
    craft: { keys: ["F"], does: "forge a thing of ore" },
    repair: { keys: ["M"], does: "repair gear" },
    salvage: { keys: ["X"], does: "salvage gear" },
    dropOre: { keys: ["O"], does: "drop ore" },
    bank: { keys: ["B"], does: "bank ore at a shrine" },
    pause: { keys: ["p"], does: "tactical pause" },
    ready: { keys: ["P"], does: "ready after a pause" },
    need: { keys: ["N"], does: "found: I need it" },
    greed: { keys: ["G"], does: "found: I would like it" },
    pass: { keys: ["Z"], does: "found: not for me" },
    answer: { keys: ["="], does: "answer, choose, buy, sell" },
    offer: { keys: ["E"], does: "offer things to a member" },
    accept: { keys: ["+"], does: "accept an offer" },
    decline: { keys: ["-"], does: "decline, or withdraw" },
    hire: { keys: ["H"], does: "hire a companion" },
    crew: { keys: ["@", "C"], does: "the crew" },
    status: { keys: ["Y"], does: "you, abilities, the run" },
    log: { keys: ["L"], does: "what happened so far" },
    chat: { keys: ["t"], does: "chat" },
    whisper: { keys: ["W"], does: "whisper to somebody" },
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
    here: { keys: [".", "enter", "centre", "pad5"], does: "here" },
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
    down: { keys: [">"], does: "cursor to the stairs down" },
    up: { keys: ["<"], does: "cursor to the stairs up" },
    fire: { keys: ["enter", "f", "space", ".", "x"], does: "there" },
    back: { keys: ["escape", "q"], does: "never mind" },
  },
  pack: {
    up: { keys: ["up", "k"], does: "item above" },
    down: { keys: ["down", "j"], does: "item below" },
    use: { keys: ["enter", "u", "e"], does: "use or wear; asks if worn" },
    drop: { keys: ["d"], does: "drop; asks if worn" },
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
  palette: {
    up: { keys: ["up", "shift-tab"], does: "command above" },
    down: { keys: ["down", "tab"], does: "command below" },
    pageup: { keys: ["pageup"], does: "ten up" },
    pagedown: { keys: ["pagedown"], does: "ten down" },
    run: { keys: ["enter"], does: "do it" },
    back: { keys: ["escape", "ctrl-p"], does: "back" },
  },
  pick: {
    up: { keys: ["up", "k"], does: "above" },
    down: { keys: ["down", "j"], does: "below" },
    take: { keys: ["enter", "space"], does: "this one" },
    back: { keys: ["escape", "q"], does: "never mind" },
  },
  amount: {
    more: { keys: ["up", "right", "+"], does: "one more" },
    less: { keys: ["down", "left", "-"], does: "one less" },
    all: { keys: ["a"], does: "all" },
    send: { keys: ["enter"], does: "so many" },
    back: { keys: ["escape", "q"], does: "never mind" },
  },
  table: {
    up: { keys: ["up", "k"], does: "row above" },
    down: { keys: ["down", "j"], does: "row below" },
    less: { keys: ["left", "h", "-"], does: "less, or the one before" },
    more: { keys: ["right", "l", "+"], does: "more, or the next" },
    less10: { keys: ["["], does: "ten less" },
    more10: { keys: ["]"], does: "ten more" },
    toggle: { keys: ["space"], does: "all or nothing" },
    done: { keys: ["enter"], does: "do it (offer, forge)" },
    back: { keys: ["escape", "q"], does: "back" },
  },
  compare: {
    up: { keys: ["up", "k"], does: "ore above" },
    down: { keys: ["down", "j"], does: "ore below" },
    side: { keys: ["tab", "left", "right"], does: "the other ore" },
    back: { keys: ["escape", "q", "enter", "V"], does: "back" },
  },
  vault: {
    up: { keys: ["up", "k"], does: "ore above" },
    down: { keys: ["down", "j"], does: "ore below" },
    take: { keys: ["space", "enter"], does: "take along, or not" },
    give: { keys: ["g"], does: "give to all, or take back" },
    drop: { keys: ["d"], does: "throw away for good" },
    back: { keys: ["escape", "q", "v"], does: "back" },
  },
  boards: {
    up: { keys: ["up", "k"], does: "up" },
    down: { keys: ["down", "j"], does: "down" },
    next: { keys: ["tab", "right"], does: "next board" },
    previous: { keys: ["shift-tab", "left"], does: "board before" },
    class: { keys: ["c"], does: "of one class, or of all" },
    size: { keys: ["p"], does: "parties of a size, or all" },
    season: { keys: ["s"], does: "of one season, or of all" },
    all: { keys: ["a"], does: "all runs again" },
    back: { keys: ["escape", "q", "b", "enter"], does: "back" },
  },
  code: {
    send: { keys: ["enter"], does: "join, or invite" },
    back: { keys: ["escape"], does: "back" },
  },
  help: {
    up: { keys: ["up", "k", "pageup"], does: "up" },
    down: { keys: ["down", "j", "pagedown", "space"], does: "down" },
    back: { keys: ["escape", "?", "q", "enter"], does: "back" },
  },
  panel: {
    up: { keys: ["up", "k", "pageup"], does: "up" },
    down: { keys: ["down", "j", "pagedown"], does: "down" },
    back: { keys: ["escape", "enter", "q", "space", "v", "c", "@", "C", "Y", "L"], does: "back" },
  },
  confirm: {
    yes: { keys: ["y", "Y", "enter"], does: "yes" },
    no: { keys: ["n", "N", "escape", "q"], does: "no" },
  },
  careful: {
    yes: { keys: ["Y"], does: "yes" },
    no: { keys: ["N", "escape", "q"], does: "no" },
  },
  summary: {
    up: { keys: ["up", "k", "pageup"], does: "up" },
    down: { keys: ["down", "j", "pagedown"], does: "down" },
    save: { keys: ["m", "s"], does: "write the story to a file" },
    back: { keys: ["enter", "space", "escape"], does: "back to the party" },
    watch: { keys: ["w"], does: "watch the run again" },
    chat: { keys: ["t"], does: "chat" },
    help: { keys: ["?"], does: "help" },
  },
  runs: {
    up: { keys: ["up", "k"], does: "run above" },
    down: { keys: ["down", "j"], does: "run below" },
    open: { keys: ["enter", "w"], does: "watch the chosen run" },
    whose: { keys: ["tab"], does: "everybody's runs or yours" },
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
    palette: { keys: [":", "ctrl-p"], does: "find a command by words" },
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
  palette: "In the list of commands",
  pick: "When asked which",
  amount: "When asked how many",
  table: "At the forge, in a trade, in lists",
  compare: "Comparing ores",
  vault: "In the vault",
  boards: "On the boards",
  code: "When asked for a code or a name",
  help: "In the help",
  panel: "In a panel",
  confirm: "When asked",
  careful: "When asked about a danger",
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
  "ctrl-p": "Ctrl-P",
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
