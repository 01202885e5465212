//! What is put before and after a surname, and words that are no names. Nothing here
//! does IO.

use crate::text::words::is_han;

/// What kind of title follows a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Title {
    /// After a surname only: 先生, 老师.
    Formal,
    /// After a surname or after a nickname: 姐, 哥, 妈妈.
    Familiar,
}

#[rustfmt::skip]
const FORMAL: &[&str] = &[
    "先生", "女士", "小姐", "太太", "夫人", "老师", "师傅", "医生", "大夫", "护士", "律师", "教授", "老板", "老板娘", "经理",
    "主任", "书记", "局长", "校长", "院长", "所长", "处长", "科长", "警官", "博士", "会计", "工程师", "同学", "同志", "女生",
    "男生", "总", "工", "董", "氏", "府", "宅", "某", "某某", "队长", "班长", "主管", "助理",
];

#[rustfmt::skip]
const FAMILIAR: &[&str] = &[
    "阿姨", "叔叔", "叔", "姨", "婶", "婶婶", "伯伯", "伯", "伯父", "伯母", "爷爷", "奶奶", "爷", "奶", "大爷", "大妈",
    "大娘", "大叔", "大婶", "大姐", "大哥", "大嫂", "姥姥", "姥爷", "外公", "外婆", "哥", "哥哥", "姐", "姐姐", "弟", "弟弟",
    "妹", "妹妹", "嫂", "嫂子", "妈妈", "爸爸", "妈", "爸", "麻麻", "粑粑", "母亲", "父亲", "家长", "老", "头", "儿",
    "他爸", "他妈", "她爸", "她妈", "的妈妈", "的爸爸", "的妈", "的爸", "爱人", "太", "生",
];

/// Titles that a job gives and that staff use.
#[rustfmt::skip]
const JOBS: &[&str] = &[
    "师傅", "经理", "主任", "主管", "队长", "班长", "站长", "工程师", "助理", "管家", "客服", "管理员", "保安", "工",
];

/// The same in English.
#[rustfmt::skip]
const ENGLISH_JOBS: &[&str] = &[
    "steward", "manager", "supervisor", "engineer", "officer", "technician", "electrician",
    "plumber", "guard", "security", "admin", "moderator", "assistant", "agent", "desk", "staff",
    "director", "janitor", "concierge", "caretaker",
];

/// What may stand around a name and says nothing about it.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "业主", "租户", "租客", "住户", "房东", "房客", "户主", "家属", "家人", "我是", "我叫", "本人", "邻居", "的", "老师",
    "医生", "姓名", "名字", "姓", "一家人", "一家", "全家", "之家", "的家", "家", "老人", "们", "新业主", "一家三口", "一家四口",
];

/// Those that come only after a name, and those that come only before it.
const AT_END: &[&str] = &["家", "们", "之家", "的家", "老人"];
const AT_START: &[&str] = &["姓", "我是", "我叫", "老师", "医生"];

/// The title that ends a word, and what stands before it; the longest one. A title alone
/// leaves nothing.
pub(super) fn split_title(word: &str) -> Option<(&str, Title)> {
    let of = |titles: &[&str], kind| {
        let ends = titles.iter().filter(|title| word.ends_with(*title));
        ends.map(|title| (title.len(), kind))
            .max_by_key(|(len, _)| *len)
    };
    let formal = of(FORMAL, Title::Formal);
    let familiar = of(FAMILIAR, Title::Familiar);
    let (len, kind) = formal
        .into_iter()
        .chain(familiar)
        .max_by_key(|(len, _)| *len)?;
    Some((&word[..word.len() - len], kind))
}

/// Whether a text starts with a title of several characters.
pub(super) fn starts_with_title(text: &str) -> bool {
    let text = text.trim_start();
    FORMAL
        .iter()
        .chain(FAMILIAR)
        .any(|title| title.chars().nth(1).is_some() && text.starts_with(title))
}

/// Whether a text starts with a word that ends in a title, as in 静怡女士.
pub(super) fn starts_with_titled_word(text: &str) -> bool {
    let end = text.find(|c| !is_han(c)).unwrap_or(text.len());
    split_title(&text[..end]).is_some()
}

/// Whether a folded name holds the title of a job.
pub(in crate::text::names) fn job_title(name: &str) -> bool {
    let english = name
        .split(|c: char| !c.is_alphabetic())
        .any(|word| ENGLISH_JOBS.contains(&word));
    english
        || JOBS
            .iter()
            .any(|job| name.trim_end().ends_with(job) && *job != name.trim())
}

/// The word without the roles around it.
pub(super) fn strip_roles(word: &str) -> &str {
    let mut word = word;
    loop {
        let cut = |rest: Option<&'static str>| rest.map_or(0, str::len);
        let longest = |fits: &dyn Fn(&str) -> bool| {
            let fitting = ROLES.iter().copied().filter(|role| fits(role));
            fitting.max_by_key(|role| role.len())
        };
        let front = cut(longest(&|role| {
            !AT_END.contains(&role) && word.starts_with(role)
        }));
        if front > 0 {
            word = &word[front..];
            continue;
        }
        let back = cut(longest(&|role| {
            !AT_START.contains(&role) && word.ends_with(role)
        }));
        if back == 0 {
            return word;
        }
        word = &word[..word.len() - back];
    }
}
