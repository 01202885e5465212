//! Hosts: which names can be one, which shorten, which invite, and what the operator says of them. Nothing here does IO.

use std::sync::LazyLock;

use super::{
    Kind,
    likeness::{self, Likeness, Trusted},
};
use crate::text::contact::Channel::{self, Other, Qq, Telegram, WeChat, WhatsApp};

/// What the operator says of hosts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosts {
    allowed: Vec<Trusted>,
    denied: Vec<String>,
}

/// Ends of host names that people write without a scheme (IANA, root zone database; those that are seen in chats).
#[rustfmt::skip]
const SUFFIXES: &[&str] = &[
    "com", "cn", "net", "org", "top", "xyz", "vip", "info", "shop", "club", "site", "ltd", "ru", "biz", "online", "store", "cc", "tv", "link", "live",
    "fun", "icu", "work", "tech", "space", "website", "pro", "mobi", "asia", "hk", "tw", "uk", "de", "fr", "jp", "us", "eu", "gov", "edu", "dev", "ai",
    "gg", "win", "bid", "loan", "click", "buzz", "cyou", "sbs", "bond", "app", "group", "life", "world", "ink", "ren", "wang", "cloud", "art", "bet", "casino",
];
/// Ends that are words as well: they count with a path, or after `www`.
const DOUBTFUL_SUFFIXES: &[&str] = &[
    "me", "io", "co", "im", "ly", "gl", "to", "is", "in", "it", "at", "so", "st", "sh", "gd", "id",
    "my", "la", "pw", "ws", "kim", "red", "run",
];
/// Ends of two parts below which anybody can have a name (Public Suffix List; those that are seen in chats).
const DOUBLE_SUFFIXES: &[&str] = &[
    "com.cn", "net.cn", "org.cn", "gov.cn", "edu.cn", "ac.cn", "co.uk", "org.uk", "gov.uk",
    "ac.uk", "com.hk", "com.tw", "co.jp", "com.au",
];

/// Services that hide where a link leads.
#[rustfmt::skip]
const SHORTENERS: &[&str] = &[
    "t.cn", "dwz.cn", "url.cn", "w.url.cn", "suo.im", "suo.nz", "dwz.win", "985.so", "m6z.cn", "mrw.so", "sina.lt", "tb.cn", "m.tb.cn", "u.jd.com", "3.cn", "z.cn", "kuaizhan.com",
    "c-n.cn", "t1.ink", "tinyurl.com", "bit.ly", "goo.gl", "t.co", "ow.ly", "is.gd", "buff.ly", "rebrand.ly", "cutt.ly", "shorturl.at", "rb.gy", "tiny.cc", "v.gd", "bl.ink", "t.ly", "s.id",
    "lnkd.in", "adf.ly", "shorte.st", "soo.gd", "clck.ru", "vk.cc", "qr.ae", "x.co", "dlj.bz", "sourl.cn", "reurl.cc", "lihi.cc", "pse.is", "urlify.cn", "sohu.gg", "dwz.mk", "dwz1.cc", "r6a.cn", "rrd.me",
];

/// Where a link invites to a group or a talk: the host, the beginning of the path, the network.
#[rustfmt::skip]
const INVITATIONS: &[(&str, &str, Channel)] = &[
    ("t.me", "/", Telegram), ("telegram.me", "/", Telegram), ("telegram.dog", "/", Telegram),
    ("chat.whatsapp.com", "/", WhatsApp), ("wa.me", "/", WhatsApp), ("api.whatsapp.com", "/send", WhatsApp),
    ("u.wechat.com", "/", WeChat), ("weixin.qq.com", "/g/", WeChat), ("weixin.qq.com", "/r/", WeChat), ("work.weixin.qq.com", "/", WeChat), ("wxp.qq.com", "/", WeChat),
    ("qm.qq.com", "/", Qq), ("jq.qq.com", "/", Qq), ("wpa.qq.com", "/", Qq), ("qun.qq.com", "/", Qq), ("ti.qq.com", "/", Qq),
    ("discord.gg", "/", Other), ("discord.com", "/invite", Other), ("line.me", "/", Other), ("lin.ee", "/", Other), ("signal.group", "/", Other), ("signal.me", "/", Other),
    ("kik.me", "/", Other), ("zalo.me", "/", Other), ("join.skype.com", "/", Other), ("invite.viber.com", "/", Other), ("m.me", "/", Other),
];

/// Names that everybody trusts, and that others are made to look like.
#[rustfmt::skip]
const TRUSTED: &[&str] = &[
    "alipay.com", "taobao.com", "tmall.com", "jd.com", "qq.com", "weixin.com", "wechat.com", "pinduoduo.com", "meituan.com", "baidu.com", "12306.cn", "icbc.com.cn", "ccb.com",
    "abchina.com", "boc.cn", "cmbchina.com", "psbc.com", "bankcomm.com", "unionpay.com", "95598.cn", "sgcc.com.cn", "csg.cn", "10086.cn", "10010.com", "189.cn", "chinatax.gov.cn",
    "paypal.com", "amazon.com", "google.com", "apple.com", "icloud.com", "microsoft.com", "whatsapp.com", "telegram.org", "element.io", "matrix.org", "facebook.com", "netflix.com",
];

static KNOWN: LazyLock<Vec<Trusted>> =
    LazyLock::new(|| TRUSTED.iter().map(|name| Trusted::new(name)).collect());

impl Hosts {
    /// The hosts to which links are welcome, and those to which they are not; each stands for its subdomains, too.
    #[must_use]
    pub fn new<'h>(
        allowed: impl IntoIterator<Item = &'h str>,
        denied: impl IntoIterator<Item = &'h str>,
    ) -> Self {
        let plain = |host: &str| {
            host.trim()
                .trim_start_matches("*.")
                .trim_matches('.')
                .to_lowercase()
        };
        Self {
            allowed: allowed
                .into_iter()
                .map(|host| Trusted::new(&plain(host)))
                .collect(),
            denied: denied.into_iter().map(plain).collect(),
        }
    }

    /// What is to be said about a link.
    pub(super) fn kind(&self, host: &str, path: &str, is_number: bool) -> Kind {
        let is_allowed = || {
            let mut allowed = self.allowed.iter();
            allowed.any(|other| is_below(host, &other.name))
        };
        if self.denied.iter().any(|name| is_below(host, name)) {
            return Kind::Denied;
        }
        let invitation = INVITATIONS.iter().find(|(name, start, _)| {
            host.trim_start_matches("www.") == *name && path.starts_with(start) && path.len() > 1
        });
        if let Some((_, _, channel)) = invitation {
            return if is_allowed() {
                Kind::Allowed
            } else {
                Kind::Invitation(*channel)
            };
        }
        if is_allowed() {
            return Kind::Allowed;
        }
        if is_number {
            return Kind::Address;
        }
        if SHORTENERS
            .iter()
            .any(|name| host == *name || host.strip_prefix("www.") == Some(name))
        {
            return Kind::Shortener;
        }
        let trusted = KNOWN.iter().chain(&self.allowed);
        match likeness::imitated(host, trusted) {
            Some((of, Likeness::Same)) => Kind::LookAlike(of.to_owned()),
            Some((of, Likeness::Near)) => Kind::Near(of.to_owned()),
            None => Kind::Plain,
        }
    }
}

/// Whether a host is this one, or below it.
pub(super) fn is_below(host: &str, name: &str) -> bool {
    host.strip_suffix(name)
        .is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// Whether a name that is written without a scheme is a host.
pub(super) fn is_host(name: &str, has_path: bool) -> bool {
    let Some((before, last)) = name.rsplit_once('.') else {
        return false;
    };
    let has_letter = before.bytes().any(|b| b.is_ascii_alphabetic())
        || SUFFIXES.contains(&last) && before.len() > 1;
    let counts = SUFFIXES.contains(&last)
        || DOUBTFUL_SUFFIXES.contains(&last) && (has_path || before.starts_with("www."));
    has_letter && counts && !before.split('.').any(str::is_empty)
}

/// Whether the end of a host begins here.
pub(super) fn begins_with_suffix(text: &str) -> bool {
    let label = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    SUFFIXES.contains(&&text[..label])
}

/// The part of a host that somebody chose: `alipay` of `www.alipay.com`.
pub(super) fn chosen(host: &str) -> &str {
    let double = DOUBLE_SUFFIXES
        .iter()
        .find_map(|suffix| host.strip_suffix(suffix)?.strip_suffix('.'));
    let before = double.or_else(|| host.rsplit_once('.').map(|(before, _)| before));
    let before = before.unwrap_or(host);
    before.rsplit('.').next().unwrap_or(before)
}
