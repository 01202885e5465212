//! What clients show of an event besides its plain body: the formatted text where that says something else, where its
//! links lead, the name of a file, the question of a poll. An advert may hide in any of them.

use serde_json::Value;

use crate::domain::limits;

/// What a content shows besides its body, a line for each; empty where it shows nothing else.
#[must_use]
pub fn besides(content: &Value) -> String {
    let text = |key: &str| content.get(key).and_then(Value::as_str).unwrap_or_default();
    let body = text("body");
    let mut found = Vec::new();
    if !text("formatted_body").is_empty() {
        let shown = visible(cut(text("formatted_body")));
        // Clients write their own formatting of what stands in the body: only what is not there as well is news.
        if !plain(body).contains(&plain(&shown)) {
            found.push(shown);
        }
    }
    let is_media = content.get("url").is_some() || content.get("file").is_some();
    if is_media && text("filename").is_empty() && !body.is_empty() {
        found.push(body.to_owned());
    } else if !text("filename").is_empty() {
        found.push(text("filename").to_owned());
    }
    cut(&found.join("\n")).to_owned()
}

/// What a poll asks, and the answers it offers (MSC3381, also in its unstable form).
#[must_use]
pub fn of_poll(content: &Value) -> String {
    let poll = ["m.poll", "org.matrix.msc3381.poll.start"];
    let poll = poll.iter().find_map(|key| content.get(*key));
    let Some(poll) = poll else {
        return String::new();
    };
    let answers = poll.get("answers").and_then(Value::as_array);
    let parts = poll.get("question").into_iter();
    let parts = parts.chain(answers.into_iter().flatten().take(20));
    let said: Vec<&str> = parts.filter_map(words).collect();
    cut(&said.join("\n")).to_owned()
}

/// The words of an extensible text (MSC1767): a list of forms, or one text.
fn words(part: &Value) -> Option<&str> {
    let keys = ["m.text", "org.matrix.msc1767.text", "body"];
    keys.iter().find_map(|key| {
        let value = part.get(*key)?;
        value
            .as_str()
            .or_else(|| value.as_array()?.first()?.get("body")?.as_str())
    })
}

/// A text without what formatting adds to it.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What somebody reads of an HTML text, and where its links lead. Read in one pass without a tree: the text comes from
/// strangers, and nothing here is shown to anybody.
fn visible(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut links: Vec<&str> = Vec::new();
    let mut rest = html;
    let mut quoted = false;
    while let Some(at) = rest.find(['<', '&']) {
        if !quoted {
            out.push_str(&rest[..at]);
        }
        rest = &rest[at..];
        if rest.starts_with('&') {
            let (c, after) = entity(rest);
            if !quoted {
                out.push(c);
            }
            rest = after;
            continue;
        }
        // What is never closed is no tag.
        let Some(end) = rest.find('>') else { break };
        let tag = &rest[1..end];
        let name = tag
            .split([' ', '\n', '\t', '/'])
            .find(|part| !part.is_empty());
        let closes = tag.starts_with('/');
        match name.map(str::to_ascii_lowercase).as_deref() {
            // The quote of what is answered stands in the message that it quotes.
            Some("mx-reply") => quoted = !closes,
            Some("p" | "br" | "li" | "div" | "tr" | "h1" | "h2" | "h3") => out.push('\n'),
            Some("a") if !quoted => links.extend(href(tag)),
            _ => {}
        }
        rest = &rest[end + 1..];
    }
    if !quoted {
        out.push_str(rest);
    }
    for link in links {
        // Somebody called is a link to matrix.to, and a link is mostly shown as it is.
        if !link.contains("matrix.to/#/") && !out.contains(link) {
            out.push('\n');
            out.push_str(link);
        }
    }
    out
}

fn href(tag: &str) -> Option<&str> {
    let at = tag.find("href=")?;
    let rest = &tag[at + "href=".len()..];
    let quote = rest.chars().next()?;
    match quote {
        '"' | '\'' => rest[1..].split(quote).next(),
        _ => rest.split_whitespace().next(),
    }
}

/// The character that an entity at the beginning of a text stands for, and what follows it.
fn entity(text: &str) -> (char, &str) {
    let end = text.bytes().take(12).position(|b| b == b';');
    let found = end.and_then(|end| {
        let name = &text[1..end];
        let c = match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => ' ',
            _ => {
                let number = name.strip_prefix('#')?;
                let hex = number.strip_prefix(['x', 'X']);
                let code = hex.map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16));
                char::from_u32(code.ok()?)?
            }
        };
        Some((c, &text[end + 1..]))
    });
    found.unwrap_or(('&', &text[1..]))
}

fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(limits::TEXT_BYTES_MAX)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_the_body_does_not_say_is_told() {
        for (content, expected) in [
            (
                json!({"body": "**灯** 不亮", "formatted_body": "<p><strong>灯</strong> 不亮</p>"}),
                "",
            ),
            (
                json!({"body": "好的", "formatted_body": "<mx-reply><blockquote>加V abc123</blockquote></mx-reply>好的"}),
                "",
            ),
            (
                json!({"body": "晚上好", "formatted_body": "加&#x8587; abc<b>123</b>"}),
                "加薇 abc123",
            ),
            (
                json!({"body": "点这里", "formatted_body": "<a href=\"https://t.cn/A6\">点这里</a>"}),
                "点这里\nhttps://t.cn/A6",
            ),
            (
                json!({"body": "IMG.jpg", "url": "mxc://a/b", "msgtype": "m.image"}),
                "IMG.jpg",
            ),
            (
                json!({"body": "看图", "filename": "加V abc123.jpg", "url": "mxc://a/b"}),
                "加V abc123.jpg",
            ),
            (json!({"body": "a < b", "formatted_body": "a &lt; b"}), ""),
            (json!({"formatted_body": "<"}), ""),
            (json!({"formatted_body": "&;<a href=><"}), ""),
            (json!({"formatted_body": "价&"}), "价&"),
            (json!({}), ""),
        ] {
            assert_eq!(besides(&content), expected, "{content}");
        }
    }

    #[test]
    fn polls_ask_and_answer_in_text() {
        let poll = json!({"org.matrix.msc3381.poll.start": {
            "question": {"org.matrix.msc1767.text": "哪天停水方便？"},
            "answers": [{"org.matrix.msc1767.text": "周一"}, {"m.text": [{"body": "周二"}]}, 3]}});
        assert_eq!(of_poll(&poll), "哪天停水方便？\n周一\n周二");
        assert_eq!(of_poll(&json!({"m.poll": 3})), "");
    }
}
