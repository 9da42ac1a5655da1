/** Every limit that a client can meet, by name and unit. docs/protocol.md lists them from here. */

/** Version of the client protocol; a server speaks this one and the one before it. */
export const PROTOCOL = 1;
export const PROTOCOL_MIN = 1;
export const SUBPROTOCOL_MSGPACK = "underlode.v1";
export const SUBPROTOCOL_JSON = "underlode.v1.json";

/** Bytes of one frame from a client. */
export const FRAME_BYTES_MAX = 4096;
/** Frames a second from one socket, sustained and in a burst. */
export const FRAMES_PER_SECOND_MAX = 60;
export const FRAMES_BURST_MAX = 120;
/** Malformed frames after which the socket is closed. */
export const BAD_FRAMES_MAX = 5;
/** Milliseconds from the socket's opening to its `hello`. */
export const HELLO_TIMEOUT_MS = 5_000;
/** Milliseconds between server pings; a socket silent for two of them is cut. */
export const PING_INTERVAL_MS = 10_000;
/** Open sockets from one address. */
export const SOCKETS_PER_ADDRESS_MAX = 256;
/** Bytes waiting in a socket above which it gets whole pictures less often. */
export const SOCKET_BACKLOG_BYTES_MAX = 65_536;
/** Bytes waiting in a socket above which it is cut. */
export const SOCKET_DEAD_BYTES_MAX = 1_048_576;
/** Notices, ends and savings of one player that are kept for the way back. */
export const MAIL_KEPT_MAX = 200;
/** Milliseconds a session without a socket can be resumed. */
export const SESSION_LINGER_MS = 120_000;
/** Milliseconds a ticket is good for, once. */
export const TICKET_TTL_MS = 30_000;
/** Milliseconds an access token is good for. */
export const TOKEN_TTL_MS = 30 * 24 * 3_600_000;

export const TEXT_CHARS_MAX = 280;
export const NAME_CHARS_MIN = 2;
export const NAME_CHARS_MAX = 16;
export const PASSWORD_CHARS_MIN = 8;
export const PASSWORD_CHARS_MAX = 128;
/** Messages of a channel kept for those who join it. */
export const CHAT_HISTORY_MAX = 100;
/** Chat messages a player may say: sustained per second, and in a burst. */
export const CHAT_PER_SECOND_MAX = 1;
export const CHAT_BURST_MAX = 8;

export const PARTY_SIZE_MAX = 8;
/** Companions that a party may hire. */
export const COMPANIONS_MAX = 4;
/** Characters of an invite code, from `CODE_ALPHABET` (nothing that reads like something else). */
export const CODE_CHARS = 6;
export const CODE_ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
/** Parties at once, and instances one manager runs. */
export const PARTIES_MAX = 2_000;
export const INSTANCES_MAX = 250;

/** Places for ore in a character's vault; what comes beyond waits until room is made. */
export const VAULT_PLACES = 50;
/** Places for ore in a party's vault, and members from which on a party has one. */
export const PARTY_VAULT_PLACES = 50;
export const PARTY_VAULT_MEMBERS_MIN = 2;
/** The boards there are. */
export const BOARD_NAMES = ["pure", "deepest", "fastest", "daily"] as const;
/** Runs on a board. */
export const BOARD_ROWS_MAX = 50;
/** Runs that one host plays again at once to confirm them. */
export const CONFIRMATIONS_MAX = 1;
/** Milliseconds that playing a run again may take. */
export const CONFIRM_MS_MAX = 120_000;

/** Showings of runs at once on one host; each is a process. */
export const PLAYBACKS_MAX = 16;
/** Milliseconds by which those who watch a party are behind it: unless the party says otherwise, and most. */
export const WATCH_DELAY_MS_DEFAULT = 30_000;
export const WATCH_DELAY_MS_MAX = 600_000;
/** Percent of the speed at which it was played that a run can be shown at, least and most. */
export const PLAYBACK_SPEED_PERCENT_MIN = 25;
export const PLAYBACK_SPEED_PERCENT_MAX = 6_400;
/** A showing that no copy of the connection service has asked for so long ends. */
export const PLAYBACK_IDLE_MS_MAX = 20_000;
/** Runs in a list of those that can be watched. */
export const WATCHABLE_LISTED_MAX = 20;

/** Bytes of an HTTP body. */
export const HTTP_BODY_BYTES_MAX = 4_096;
/** Registrations, guests and logins from one address in a minute. */
export const AUTH_PER_MINUTE_MAX = 30;
/** Guests from one address in a minute; bots are guests. */
export const GUESTS_PER_MINUTE_MAX = 600;

/** Commands one player may have waiting in an instance between two ticks. */
export const COMMANDS_WAITING_MAX = 8;
/** Tick messages an instance may have without the journal's acknowledgement. */
export const TICKS_UNACKED_MAX = 32;
/** An acknowledgement is asked for at least every so many messages, or milliseconds. */
export const ACK_EVERY_MESSAGES = 8;
export const ACK_EVERY_MS = 100;
/** Milliseconds without an acknowledgement after which an instance stops its clock. */
export const ACK_TIMEOUT_MS = 1_000;
/** Lines of the log that a whole picture brings along. */
export const LOG_LINES_MAX = 50;

export const TICK_RATE_MIN = 10;
export const TICK_RATE_MAX = 60;
export const TICK_RATE_DEFAULT = 50;
/** Times as fast as the wall's clock that game time may be made to run, for development and tests. */
export const TIME_SCALE_MAX = 32;

/** Classes a player can take into a dungeon. */
export const CLASSES = ["warrior", "mage", "ranger", "healer", "rogue"] as const;
/** A snapshot is taken after so many messages of the journal, or milliseconds with any. */
export const SNAPSHOT_EVERY_MESSAGES = 200;
export const SNAPSHOT_EVERY_MS = 30_000;
/** Milliseconds between two questions to an instance whether it answers; three unanswered are death. */
export const HEALTH_EVERY_MS = 1_000;
export const HEALTH_MISSED_MAX = 3;
/** Milliseconds that an instance goes on without any manager before it stores itself and ends. */
export const ORPHAN_MS_MAX = 15_000;
/** Crashes at one tick within this time after which a run is suspended instead of taken up again. */
export const CRASH_LOOP_MS = 60_000;
export const CRASHES_MAX = 3;
/** Milliseconds without a command, where nothing threatens the party, after which its run is suspended. */
export const SUSPEND_IDLE_MS = 300_000;
/** Milliseconds after which a party with nobody online is suspended. */
export const SUSPEND_AFTER_MS = 60_000;
