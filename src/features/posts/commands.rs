//! What can be typed: the lists that people ask for, and every tap.
// Nothing in this file does IO.

use super::{
    card, figures,
    life::{Act, No, act},
    memory,
    neighbour::Neighbour,
    post::{self, Post, list_of},
    watch,
};
use crate::{
    domain::{
        context::Context,
        effect::Target,
        feature::Command,
        input::Message,
        limits,
        roles::Who,
        speech::{Arg, Said, shorten},
    },
    text::{address::plain_name, language::Language},
};

/// A command that does `$act` to the post it names.
macro_rules! act {
    ($act:expr, $names:expr) => {
        Command {
            names: $names,
            who: Who::Anyone,
            help: "",
            run: |ctx, message, rest| typed(ctx, message, rest, |_| Some($act)),
        }
    };
}

/// The commands.
pub const ALL: &[Command] = &[
    Command {
        names: &["list", "列表"],
        who: Who::Anyone,
        help: "help-post-list",
        run: |ctx, message, rest| list(ctx, message, rest, false),
    },
    Command {
        names: &["near", "附近"],
        who: Who::Anyone,
        help: "help-post-near",
        run: |ctx, message, rest| list(ctx, message, rest, true),
    },
    Command {
        names: &["my posts", "我的帖子"],
        who: Who::Anyone,
        help: "help-post-mine",
        run: |ctx, message, _| mine(ctx, message),
    },
    Command {
        names: &["watch", "关注"],
        who: Who::Anyone,
        help: "help-post-watch",
        run: watched,
    },
    Command {
        names: &["unwatch", "取消关注"],
        who: Who::Anyone,
        help: "help-post-unwatch",
        run: unwatched,
    },
    Command {
        names: &["ask", "打听"],
        who: Who::Anyone,
        help: "help-post-ask",
        run: |ctx, message, rest| {
            let language = ctx.language_for(&message.sender);
            let is_alone = ctx.is_alone(&message.room);
            let said = memory::answer(ctx, language, rest, is_alone);
            answer(ctx, message, said);
        },
    },
    Command {
        names: &["stats help", "统计邻里帮", "统计 邻里帮"],
        who: Who::Anyone,
        help: "help-post-stats",
        run: |ctx, message, rest| {
            let language = ctx.language_for(&message.sender);
            let said = figures::told(ctx, language, rest);
            answer(ctx, message, said);
        },
    },
    Command {
        names: &["named", "署名"],
        who: Who::Anyone,
        help: "help-post-named",
        run: |ctx, message, rest| {
            let language = ctx.language_for(&message.sender);
            // Nobody agrees by asking.
            match rest.trim().to_lowercase().as_str() {
                "on" | "yes" | "开" | "好" | "同意" => {
                    figures::set_named(ctx, &message.sender, true);
                }
                "off" | "no" | "关" | "不" => figures::set_named(ctx, &message.sender, false),
                _ => {}
            }
            let key = if figures::is_named(ctx, &message.sender) {
                "post-named"
            } else {
                "post-named-off"
            };
            let said = ctx.say(language, key, &[]);
            answer(ctx, message, said);
        },
    },
    act!(Act::Ask, &["want", "我要"]),
    act!(Act::Leave, &["unwant", "不要了"]),
    Command {
        names: &["promise", "留给"],
        who: Who::Anyone,
        help: "",
        run: |ctx, message, rest| {
            typed(ctx, message, rest, |rest| {
                let place: usize = rest.trim().parse().ok()?;
                place.checked_sub(1).map(Act::Promise)
            });
        },
    },
    act!(Act::Done, &["over", "成了"]),
    act!(Act::Again, &["again", "再发"]),
    act!(Act::Withdraw, &["withdraw", "撤下"]),
];

/// A post is named, and something is done to it.
fn typed(
    ctx: &mut Context<'_, '_>,
    message: &Message,
    rest: &str,
    meant: impl Fn(&str) -> Option<Act>,
) {
    let language = ctx.language_for(&message.sender);
    let Some((post, rest)) = named(ctx, rest) else {
        let no = shorten(rest.trim(), limits::WATCHED_CHARS_MAX);
        let key = if no.is_empty() {
            "post-which"
        } else {
            "post-none"
        };
        let said = ctx.say(language, key, &[("no", Arg::Text(&no))]);
        return answer(ctx, message, said);
    };
    let no = post.no.to_string();
    let what = card::in_short(ctx, &post, language);
    let at = (&message.room, None);
    let done = match meant(rest) {
        Some(meant) => act(ctx, post, &meant, &message.sender, at).map(|()| meant),
        None => Err(No::NotThere),
    };
    let key = match done {
        // They are told in private what came of it.
        Ok(Act::Promise(_)) if ctx.is_alone(&message.room) => return,
        Ok(_) => "post-typed",
        Err(no) => no.key(),
    };
    let args = [("no", Arg::Text(&no)), ("what", Arg::Said(&what))];
    let said = ctx.say(language, key, &args);
    answer(ctx, message, said);
}

/// The post that a text begins with, `H12` or `12`, and what follows.
fn named<'t>(ctx: &mut Context<'_, '_>, rest: &'t str) -> Option<(Post, &'t str)> {
    let rest = rest.trim_start_matches(['#', '＃', ' ']);
    let rest = rest.trim_start_matches(['h', 'H', 'Ｈ', 'ｈ']);
    // Keyboards for Chinese write digits in full width as well.
    let digits = rest.chars().map_while(|c| match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0),
        _ => Some(c).filter(char::is_ascii_digit),
    });
    let number: String = digits.collect();
    let post = Post::named(ctx, &number)?;
    let end = rest.char_indices().nth(number.len());
    Some((post, end.map_or("", |(end, _)| &rest[end..])))
}

fn answer(ctx: &mut Context<'_, '_>, message: &Message, said: Said) {
    let target = Target::Event(message.id.clone());
    ctx.answer(&message.room, Some(target), true, said);
}

/// `!list 送`, `!near lost`: what is open, the newest first; near, what was posted in the same building before all else.
fn list(ctx: &mut Context<'_, '_>, message: &Message, rest: &str, is_near: bool) {
    let language = ctx.language_for(&message.sender);
    let community = ctx.community.clone();
    let kinds = community.kinds.tagged(rest);
    if !rest.trim().is_empty() && kinds.is_empty() {
        let tags = community.kinds.rows().iter().filter_map(|row| {
            let wants_ascii = language == Language::En;
            let mut tags = row.tags.iter();
            tags.find(|tag| tag.is_ascii() == wants_ascii)
        });
        let mut tags: Vec<String> = tags.map(|tag| format!("#{tag}")).collect();
        tags.dedup();
        let tags = tags.join(" ");
        let said = ctx.say(language, "post-list-kinds", &[("tags", Arg::Text(&tags))]);
        return answer(ctx, message, said);
    }
    let lists: Vec<String> = if kinds.is_empty() {
        vec![post::ALL.to_owned()]
    } else {
        kinds
            .iter()
            .map(|row| post::list_of_kind(&row.name))
            .collect()
    };
    let mut found = Vec::new();
    for list in &lists {
        found.extend(post::numbers(ctx, list, limits::OPEN_SCAN_MAX));
    }
    found.sort_unstable();
    found.reverse();
    let own = Neighbour::of(ctx, &message.room, &message.sender).building;
    let own = own.or_else(|| community.building(&message.room).map(str::to_owned));
    let mut posts: Vec<Post> = found
        .into_iter()
        .filter_map(|no| Post::load(ctx, no))
        .collect();
    if is_near {
        let is_own = |post: &Post| {
            let theirs = post.author.building.as_deref().map(plain_name);
            theirs.is_some() && theirs == own.as_deref().map(plain_name)
        };
        posts.sort_by_key(|post| !is_own(post));
    }
    let lines = rows(ctx, language, "post-list", &posts);
    answer(ctx, message, Said::lines(lines));
}

/// `!my posts`: one's own, and what one has asked for.
fn mine(ctx: &mut Context<'_, '_>, message: &Message) {
    let language = ctx.language_for(&message.sender);
    let mut found = post::numbers(ctx, &list_of(&message.sender), limits::OPEN_SCAN_MAX);
    found.reverse();
    let posts = found.into_iter().filter_map(|no| Post::load(ctx, no));
    let (own, asked): (Vec<Post>, Vec<Post>) =
        posts.partition(|post| post.is_author(&message.sender));
    let mut lines = rows(ctx, language, "post-mine", &own);
    if !asked.is_empty() {
        lines.extend(rows(ctx, language, "post-mine-asked", &asked));
    }
    answer(ctx, message, Said::lines(lines));
}

/// `!watch 婴儿床`; without a word, what one watches.
fn watched(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let language = ctx.language_for(&message.sender);
    let word = shorten(rest, limits::WATCHED_CHARS_MAX);
    let key = if word.is_empty() {
        "post-watch-list"
    } else if watch::begin(ctx, &message.sender, &word) {
        "post-watch"
    } else {
        "post-watch-full"
    };
    say_watched(ctx, message, language, key, &word);
}

/// `!unwatch 婴儿床`; without a word, all of them.
fn unwatched(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let language = ctx.language_for(&message.sender);
    let key = if watch::end(ctx, &message.sender, rest) {
        "post-unwatch"
    } else {
        "post-unwatch-none"
    };
    say_watched(ctx, message, language, key, rest.trim());
}

fn say_watched(
    ctx: &mut Context<'_, '_>,
    message: &Message,
    language: Language,
    key: &'static str,
    word: &str,
) {
    let words = watch::words_of(ctx, &message.sender);
    let count = i64::try_from(words.len()).unwrap_or(i64::MAX);
    let words = words.join(" · ");
    let key = if key == "post-watch-list" && count == 0 {
        "post-watch-none"
    } else {
        key
    };
    let args = [
        ("word", Arg::Text(word)),
        ("words", Arg::Text(&words)),
        ("count", Arg::Number(count)),
    ];
    let said = ctx.say(language, key, &args);
    answer(ctx, message, said);
}

/// Posts, one line each, under a heading.
fn rows(ctx: &Context<'_, '_>, language: Language, key: &'static str, posts: &[Post]) -> Vec<Said> {
    let count = i64::try_from(posts.len()).unwrap_or(i64::MAX);
    let mut lines = vec![
        ctx.say(language, key, &[("count", Arg::Number(count))])
            .bold(),
    ];
    for post in posts.iter().take(limits::LIST_ROWS_MAX) {
        let no = post.no.to_string();
        let state = card::state(ctx, post, language);
        let what = card::in_short(ctx, post, language);
        let name = post.author.called(ctx, language);
        let args = [
            ("no", Arg::Text(&no)),
            ("state", Arg::Said(&state)),
            ("what", Arg::Said(&what)),
            ("name", Arg::Text(&name)),
        ];
        lines.push(ctx.say(language, "post-row", &args));
    }
    let more = posts.len().saturating_sub(limits::LIST_ROWS_MAX);
    if more > 0 {
        let more = i64::try_from(more).unwrap_or(i64::MAX);
        lines.push(ctx.say(language, "post-more", &[("count", Arg::Number(more))]));
    }
    lines
}
