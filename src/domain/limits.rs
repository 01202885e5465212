//! Every bound in one place, each with its reason.
//! Nothing in this file does IO.

use super::ids::{HOUR_MS, MINUTE_MS};

/// Inputs of a gap's waiting room that one commit releases, so that a commit stays small.
pub const RELEASE_AT_ONCE: usize = 500;
/// Event ids in one generation of the dedupe memory; two generations are kept. Synapse repeats events only
/// near each other, so this is days of talk.
pub const SEEN_PER_GENERATION: u64 = 100_000;
/// Old dedupe ids removed by one commit.
pub const SEEN_SWEEP_AT_ONCE: usize = 500;
/// Bytes of a message's text that are read and kept. Matrix events hold at most 65,536 bytes.
pub const TEXT_BYTES_MAX: usize = 16 * 1024;
/// Characters of a reaction that are read: what is longer than an emoji is a text.
pub const REACTION_CHARS_MAX: usize = 100;
/// Characters of a report that a card shows; the rest is in the report itself.
pub const CARD_TEXT_CHARS_MAX: usize = 300;
/// Characters of a display name that are shown.
pub const NAME_CHARS_MAX: usize = 40;
/// Pictures and the like that one ticket keeps.
pub const MEDIA_PER_TICKET_MAX: usize = 30;
/// Of these, how many neighbours may add: the reporter's and the staff's always find room.
pub const MEDIA_BY_OTHERS_MAX: usize = 10;
/// Taps that one ticket remembers, so that taking them back is understood.
pub const TAPS_PER_TICKET_MAX: usize = 100;
/// Bytes of a media content that are kept to show it again; larger ones lose their details (thumbnails and sizes).
pub const MEDIA_CONTENT_BYTES_MAX: usize = 8 * 1024;
/// Loose pictures of one person remembered while they may still belong to a report.
pub const LOOSE_MEDIA_MAX: usize = 10;
/// Pictures by the same person within this time of a report belong to it.
pub const BELONGS_WITHIN_MS: i64 = 2 * MINUTE_MS;
/// Tickets that a list in the chat shows before it says how many more there are.
pub const LIST_ROWS_MAX: usize = 20;
/// Corrections of trades that are remembered: those of about a year in a large estate.
pub const LESSONS_MAX: usize = 200;
/// History lines that `!ticket` shows, the newest ones.
pub const HISTORY_ROWS_MAX: usize = 15;
/// History lines that are read to see how a ticket's clocks stand.
pub const HISTORY_READ_MAX: usize = 10_000;
/// Tickets that figures are made of at once: the engine stands still for about a quarter of a second.
pub const STATS_TICKETS_MAX: usize = 20_000;
/// Lines of a group of figures.
pub const STATS_ROWS_MAX: usize = 8;
/// Tickets of each kind in the list of the week.
pub const WEEKLY_ROWS_MAX: usize = 5;
/// Open tickets that are looked at when an outage is declared, whether they are of it.
pub const OUTAGE_GATHERS_MAX: usize = 200;
/// Members of a building's room among whom somebody who has called is looked for.
pub const CALLER_MEMBERS_MAX: usize = 5_000;
/// People who may help with one ticket.
pub const HELPERS_MAX: usize = 8;
/// Whoever was asked for a photo of what they did may post it so long after without a reply to the card.
pub const PROOF_WITHIN_MS: i64 = 15 * MINUTE_MS;
/// How often one reporter's stars for a ticket may change.
pub const RATINGS_MAX: u32 = 10;
/// Open tickets of one room and trade that a new report is compared with.
pub const LIKE_TICKETS_MAX: usize = 20;
/// So long after a report the same words of the same person are that report: longer than an impatient wait, shorter than a
/// visit that mended nothing.
pub const SAID_TWICE_MS: i64 = 30 * MINUTE_MS;
/// A ticket with so many lines of history takes no more voices in: each edit of its report looks at all of them.
pub const VOICES_ROWS_MAX: u32 = 500;
/// People who hear of one ticket: their ids fit into one message (65,536 bytes).
pub const VOICES_MAX: usize = 300;
/// Versions of an edited report that a ticket remembers, so that it can go back when an edit is redacted.
pub const VERSIONS_MAX: usize = 10;
/// Open tickets counted for a list.
pub const OPEN_SCAN_MAX: usize = 5_000;
/// Refusals remembered on a ticket; past it refusals stay silent.
pub const REFUSALS_MAX: usize = 50;
/// Requests to the homeserver under way at once, without the guard lane.
pub const IN_FLIGHT_MAX: usize = 24;
/// How long what one input asks for waits for what it asked for before: a resident sees their card before staff see
/// the copy, and both before the buttons. Sent together they slow each other down at the homeserver.
pub const TURN_MS: i64 = 300;
/// How long mutes and the like wait while messages are being taken away, from when they were decided: what everybody
/// sees goes first.
pub const REMOVALS_FIRST_MS: i64 = 1_000;
/// Guard requests that may be under way besides.
pub const GUARD_IN_FLIGHT_MAX: usize = 8;
/// Pictures that are looked at at once: each takes a processor for a good part of a second.
pub const LOOKS_AT_ONCE: usize = 2;
/// Attempts to send a row before the operator is told that it does not go; by then it has waited for half a minute.
pub const ATTEMPTS_BEFORE_TOLD: u32 = 7;
/// Longest wait before something failed is sent again.
pub const RETRY_WAIT_MAX_MS: i64 = 30_000;
/// First wait before something failed is sent again; it doubles.
pub const RETRY_WAIT_FIRST_MS: i64 = 500;
/// Synapse keeps transaction ids for 24 h; older rows wait until the rooms were read to the end.
pub const TXN_TRUSTED_MS: i64 = 23 * HOUR_MS;
/// Timers that one commit fires.
pub const TIMERS_AT_ONCE: usize = 64;
/// Settlements that one commit takes in.
pub const SETTLEMENTS_AT_ONCE: usize = 64;
/// Questions of the homeserver that are answered in one step.
pub const CHECKS_AT_ONCE: usize = 64;
/// Pages and lists of members asked for at once; a first start in a thousand rooms asks for a thousand lists.
pub const FETCHES_AT_ONCE: usize = 8;
/// Undecryptable events of one community looked through when a key arrives.
pub const UNDECRYPTED_AT_ONCE: usize = 10_000;
/// Bytes of an undecryptable event that are kept (a Matrix event is at most 65,536 bytes).
pub const RAW_EVENT_BYTES_MAX: usize = 128 * 1024;
/// Characters of a report that staff read when they are called because of danger.
pub const ALARM_WORDS_CHARS_MAX: usize = 60;
/// Rounds of a community: more than anybody keeps in sight.
pub const ROUNDS_MAX: usize = 100;
/// Times of a round whose ends are kept: a daily one for more than three months.
pub const ROUND_LOG_MAX: usize = 100;
/// So long after a report in private what tells of something broken is of the same.
pub const SPOKEN_OF_MS: i64 = 2 * HOUR_MS;
/// So long after a report in private other words are still about it.
pub const SPOKEN_AFTER_MS: i64 = 30 * 24 * HOUR_MS;
/// Times an hour that somebody is told how to write to linli.
pub const HINTS_AN_HOUR: usize = 3;
/// Anonymous tickets that somebody can go on with.
pub const ANONYMOUS_KEPT_MAX: usize = 20;
/// Characters of a report that its ticket's own room shows: all of nearly every one, and the event stays well below what
/// Matrix allows (65,536 bytes).
pub const OWN_ROOM_REPORT_CHARS_MAX: usize = 4_000;
/// Things said of a ticket that its own room shows when it is made.
pub const OWN_ROOM_SAID_MAX: usize = 30;
/// People in a ticket's own room.
pub const OWN_ROOM_MEMBERS_MAX: usize = 200;
/// Letters that wait for the room in which they can be read: a ticket with all its pictures, and what is said of it
/// in an hour in which the homeserver makes no rooms.
pub const LETTERS_MAX: usize = 60;
/// Talks that people whom no community knows may begin with linli in an hour: a code for a home is worth one, a flood
/// of invitations is not.
pub const STRANGERS_AN_HOUR: usize = 60;
/// Members of a room about whose level the last word is remembered.
pub const LEVEL_WORDS_MAX: usize = 500;
/// How often one word about a member's level is put right that others overwrite, lest two bots fight for ever.
pub const LEVELS_MENDED_MAX: u32 = 6;
/// Members that linli keeps silent in one room: a power-levels event has room for 1,200 of them (65,536 bytes).
pub const SILENT_PER_ROOM_MAX: usize = 800;
/// How often staff are called about people in danger at short intervals; after that once an hour, until somebody comes.
pub const ALARMS_OFTEN: u32 = 30;
/// Characters of what staff say of a wait, or of why they decline, that are kept and shown.
pub const WHY_CHARS_MAX: usize = 200;
/// Characters of a reason that are kept and shown.
pub const REASON_CHARS_MAX: usize = 200;
/// So long after a warning or a removal that had no end its member's word is passed on.
pub const APPEALED_WITHIN_MS: i64 = 7 * 24 * HOUR_MS;
/// Sanctions that `!history` shows.
pub const CASES_SHOWN_MAX: usize = 15;
/// Lines about sanctions in the staff room within an hour; past it there is one line that says so.
pub const CASE_LINES_AN_HOUR: usize = 30;
/// Members looked through for a name that a moderator types.
pub const MEMBERS_SCAN_MAX: usize = 100_000;
/// How often somebody is told that another name was not right either, before only the ladder speaks.
pub const NAME_HINTS_MAX: u32 = 5;
/// Newcomers who are welcomed in a room within an hour.
pub const WELCOMES_AN_HOUR: usize = 12;
/// Wrong codes that all people together may send within an hour, before nobody's is looked at: who has a slip needs one
/// attempt or two, who guesses needs millions.
pub const WRONG_CODES_AN_HOUR: usize = 60;
/// Patterns of ban lists that one member is held against; the largest lists known have some hundreds.
pub const POLICIES_SCAN_MAX: usize = 10_000;
/// How often somebody is shown the community's rules within an hour: they are long.
pub const RULES_SHOWN_AN_HOUR: usize = 4;
/// Rules of ban lists that are held against all members in one step; each costs a look at every member.
pub const RULES_JUDGED_AT_ONCE: usize = 50;
/// Words to the moderators about rules of ban lists within an hour; the overview shows all.
pub const LIST_WORDS_AN_HOUR: usize = 6;
/// People who knock under a wrong name and are told so within an hour; the others wait.
pub const KNOCKS_ANSWERED_AN_HOUR: usize = 30;
/// Things that happened in a room before it was known what it is for.
pub const EARLY_INPUTS_MAX: usize = 200;
/// Messages of one member that are remembered to be compared with what they say next.
pub const SAID_LATELY_MAX: usize = 60;
/// People whom one member has invited of late that are remembered.
pub const INVITED_LATELY_MAX: usize = 200;
/// Texts of newcomers that are remembered to be compared with what others say.
pub const TEXTS_LATELY_MAX: usize = 24;
/// Of those who have said the same text, so many are remembered.
pub const SAME_TEXT_KEPT_MAX: usize = 8;
/// Waves of spam that are kept, with what was caught of each: those of years, where nobody floods on purpose.
pub const WAVES_KEPT_MAX: u32 = 2_000;
/// Waves of spam that are told apart at a time.
pub const WAVES_RUNNING_MAX: usize = 20;
/// Waves that `!spam` shows.
pub const WAVES_SHOWN_MAX: usize = 10;
/// Cards about waves within an hour, of those that ask and of those that tell.
pub const WAVE_CARDS_AN_HOUR: usize = 20;
/// Lines within an hour that tell a room that spam is being removed.
pub const SPAM_LINES_AN_HOUR: usize = 2;
/// Characters of spam that a card shows.
pub const SPAM_TEXT_CHARS_MAX: usize = 120;
/// Names of its authors that a card shows.
pub const SPAM_NAMES_SHOWN_MAX: usize = 3;
/// Reasons that a card shows.
pub const SPAM_REASONS_SHOWN_MAX: usize = 4;
/// Characters of a text that are kept to learn from.
pub const SPAM_EXAMPLE_CHARS_MAX: usize = 500;
/// Hosts that moderators can list in the chat, in each list.
pub const SPAM_HOSTS_MAX: usize = 200;
/// People who can ask for one help post.
pub const POST_ASKERS_MAX: usize = 200;
/// Things that wait to be told of one help post in the morning: to everybody who asks one, and some to its author.
pub const POST_NEWS_MAX: usize = 300;
/// Things told of one help post that are remembered; past it nothing more is told.
pub const POST_TOLD_MAX: usize = 1_000;
/// How often a help post is shown again.
pub const POST_AGAIN_MAX: u32 = 5;
/// So long after a post in private its author may answer what was asked without replying to it.
pub const POST_ANSWER_MS: i64 = 30 * MINUTE_MS;
/// Characters of a help post that are kept: a long letter.
pub const POST_TEXT_CHARS_MAX: usize = 2_000;
/// Pictures of one help post.
pub const POST_PICTURES_MAX: usize = 10;
/// Posts that one post is said to be like.
pub const POST_MATCHES_MAX: usize = 3;
/// Posts about the same sort of thing that one is held against, the newest.
pub const POST_CANDIDATES_MAX: usize = 500;
/// Words that one neighbour may watch, and their characters.
pub const WATCHED_MAX: usize = 20;
pub const WATCHED_CHARS_MAX: usize = 30;
/// Neighbours who are told that what they watch was posted.
pub const WATCHERS_MAX: usize = 500;
/// Neighbours who cry for the same missing person, and are remembered as such.
pub const CRIES_MAX: usize = 50;
/// Details that are waited for from one neighbour at once.
pub const DETAILS_WAITED_MAX: usize = 10;
/// How often one neighbour may be wrong about what was found: once is a mistake.
pub const WRONG_CLAIMS_OF_ONE: u32 = 2;
pub const WRONG_CLAIMS_A_MONTH: usize = 5;
/// What neighbours have said that is looked through for an answer: some years of a large estate.
pub const MEMORY_SCAN_MAX: usize = 5_000;
/// Of these so many are told.
pub const MEMORY_ROWS_MAX: usize = 5;
/// Helpers who are named in the figures.
pub const HELPERS_NAMED_MAX: usize = 5;
/// How often one neighbour may ask for the same thing after having left: whoever plays with a tap must not ring others.
pub const ASKS_OF_ONE_MAX: u32 = 3;
