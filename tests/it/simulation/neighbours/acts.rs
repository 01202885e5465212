//! What neighbours do.

use linli::domain::ids::{EventId, RoomId, UserId};

use super::Tale;
use crate::{
    fake::{
        estate::{room, user},
        power::talk_room,
    },
    simulation::scene::posted,
};

/// Neighbours, with the rooms of their buildings.
const NEIGHBOURS: [(&str, &str); 6] = [
    ("wangfang", "3"),
    ("liming", "3"),
    ("zhouwei", "1"),
    ("wumin", "1"),
    ("fenglei", "2"),
    ("smith", "2"),
];
const POSTS: [&str; 26] = [
    "#送 婴儿床",
    "#送 灰色沙发 先到先得",
    "#送 一箱书",
    "#送 婴儿床 求扩散",
    "#求购 婴儿床",
    "#求 沙发",
    "#卖 自行车 200元",
    "#借 梯子",
    "#借 有梯子可以借给大家",
    "#拼车 明早7点去高铁站，有2个空座",
    "#拼车 后天早上9点去机场，还有1个空位",
    "#拼车 工作日早上7点半去软件园，2个空位",
    "#拼车 后天下午2点去动物园，1个空座",
    "#活动搭子 后天晚上7点打牌 缺1人",
    "#拼车 明天下午3点求带去机场",
    "#活动搭子 周六下午3点羽毛球 缺2人",
    "#寻宠 橘猫 昨晚在3号楼楼下走丢",
    "#寻宠 黑色泰迪 今早在东门走丢",
    "#招领 捡到一只橘色的猫 今早在3号楼门口",
    "#招领 捡到一只黑色小狗 在东门",
    "#寻物 钥匙 昨天在车库丢的",
    "#招领 一串钥匙 昨天在车库捡到",
    "#问 哪里修鞋",
    "#推荐 有没有靠谱的装修队？",
    "#推荐 修空调的李师傅，上门快",
    "#寻人 我爷爷走失了，83岁",
];
const OF_NEIGHBOURS: [&str; 10] = ["🙋", "🙋", "🙋", "🙋", "🙋", "🙅", "🚩", "✅", "👍", "❤️"];
const OF_AUTHORS: [&str; 13] = [
    "1️⃣", "1️⃣", "1️⃣", "2️⃣", "3️⃣", "🤝", "✅", "✅", "✅", "🔁", "🗑", "📣", "❌",
];

impl Tale {
    pub(super) fn somebody_acts(&mut self) {
        match self.scene.chance.below(32) {
            0..=2 => self.somebody_posts(),
            3..=10 => self.taps(),
            11..=14 => self.crowds(),
            15..=17 => self.enters(),
            18..=21 => self.steers(),
            22..=24 => self.takes_back(),
            25 | 26 => self.answers(),
            27 => self.says(),
            28 | 29 => self.types(),
            30 => self.changes(),
            _ => self.redacts(),
        }
    }

    fn neighbour(&mut self) -> (UserId, RoomId) {
        let (name, home) = *self.scene.chance.pick(&NEIGHBOURS).expect("neighbours");
        (user(name), room(home))
    }

    fn somewhere(&mut self) -> (UserId, RoomId) {
        let (who, home) = self.neighbour();
        let talk = talk_room(&who);
        let here = match self.scene.chance.below(8) {
            0 | 1 => home,
            2 if self.scene.server.is_in(&talk, &who) => talk,
            _ => room("help"),
        };
        (who, here)
    }

    fn says_in(&mut self, who: &UserId, here: &RoomId, text: &str) -> EventId {
        self.scene.note(&format!("{who} in {here}: {text}"));
        self.scene.server.say(here, who, text)
    }

    fn somebody_posts(&mut self) {
        let (who, here) = self.somewhere();
        let what = *self.scene.chance.pick(&POSTS).expect("posts");
        // A word of its own, so that the same thing can be posted again.
        let word = self.scene.word();
        let shows = self.scene.chance.one_in(5);
        if shows {
            self.scene.server.picture(&here, &who, None);
        }
        self.says_in(&who, &here, &format!("{what} {word}"));
    }

    /// One of the last things of ours in a room.
    fn of_ours(&mut self, here: &RoomId, last: usize) -> Option<EventId> {
        if !self.scene.server.rooms.contains_key(here) {
            return None;
        }
        let ours: Vec<EventId> = self
            .scene
            .ours(here)
            .filter(|event| event.redacted_by.is_none())
            .map(|event| event.id.clone())
            .collect();
        let ours = &ours[ours.len().saturating_sub(last)..];
        self.scene.chance.pick(ours).cloned()
    }

    fn taps(&mut self) {
        let (who, here) = self.somewhere();
        let key = *self.scene.chance.pick(&OF_NEIGHBOURS).expect("keys");
        if let Some(target) = self.of_ours(&here, 4) {
            self.scene
                .note(&format!("{who} taps {key} on {target} in {here}"));
            self.scene.server.react(&here, &who, &target, key);
        }
    }

    /// Several want the newest thing, and one of them no longer.
    fn crowds(&mut self) {
        let here = room("help");
        let Some(target) = self.of_ours(&here, 1) else {
            return;
        };
        let mut taps = Vec::new();
        for _ in 0..2 + self.scene.chance.below(4) {
            let (who, _) = self.neighbour();
            self.scene.note(&format!("{who} taps 🙋 on {target}"));
            let tap = self.scene.server.react(&here, &who, &target, "🙋");
            taps.extend(tap.map(|tap| (who, tap)));
        }
        self.scene.rest();
        if let Some((who, tap)) = taps.first().filter(|_| self.scene.chance.one_in(2)) {
            self.scene
                .note(&format!("{who} takes 🙋 back from {target}"));
            self.scene.server.redact(&here, who, tap, "");
        }
    }

    /// An author at the helm, and whoever answers what linli has told them.
    fn steers(&mut self) {
        let (who, _) = self.neighbour();
        let here = talk_room(&who);
        let key = *self.scene.chance.pick(&OF_AUTHORS).expect("keys");
        if let Some(target) = self.of_ours(&here, 5) {
            self.scene
                .note(&format!("{who} taps {key} on {target} in {here}"));
            self.scene.server.react(&here, &who, &target, key);
        }
    }

    /// Those whom linli has asked in come in, some of them.
    fn enters(&mut self) {
        for (login, _) in NEIGHBOURS {
            let (who, here) = (user(login), talk_room(&user(login)));
            let standing = self.scene.server.standing(&here, &who);
            let is_asked = standing.is_some_and(|standing| standing.membership == "invite");
            if is_asked && self.scene.chance.one_in(2) {
                let name = self.scene.server.usual_name(&who);
                self.scene.server.join(&here, &who, &name);
            }
        }
    }

    /// One of those who have tapped something takes that back.
    fn takes_back(&mut self) {
        let (_, here) = self.somewhere();
        let Some(target) = self.of_ours(&here, 4) else {
            return;
        };
        let server = &self.scene.server;
        let taps: Vec<(UserId, EventId)> = NEIGHBOURS
            .iter()
            .map(|(login, _)| user(login))
            .filter_map(|who| Some((who.clone(), server.tap_of(&here, &who, &target, "🙋")?)))
            .collect();
        if let Some((who, tap)) = self.scene.chance.pick(&taps).cloned() {
            self.scene
                .note(&format!("{who} takes 🙋 back from {target}"));
            self.scene.server.redact(&here, &who, &tap, "");
        }
    }

    /// Something is said in a thread, as a reply, or to linli alone.
    fn says(&mut self) {
        let (who, here) = self.somewhere();
        let texts = [
            "在5号楼后面，昨晚",
            "明天下午3点",
            "刚在菜场看到过",
            "里面有个红包",
            "我家有",
            "谢谢",
            "20元",
        ];
        let text = *self.scene.chance.pick(&texts).expect("texts");
        let target = self.of_ours(&here, 6);
        match (self.scene.chance.below(3), target) {
            (0, Some(target)) => {
                self.scene.server.reply(&here, &who, &target, text);
            }
            (1, Some(target)) => {
                self.scene.server.in_thread(&here, &who, &target, text);
            }
            _ => {
                self.says_in(&who, &here, text);
            }
        }
    }

    /// Some answer what linli has asked them alone.
    fn answers(&mut self) {
        for (login, _) in NEIGHBOURS {
            let (who, talk) = (user(login), talk_room(&user(login)));
            if self.scene.server.is_in(&talk, &who) && self.scene.chance.one_in(2) {
                let word = self.scene.word();
                self.says_in(&who, &talk, &format!("里面有个红包 {word}"));
            }
        }
    }

    fn types(&mut self) {
        let (who, here) = self.somewhere();
        let no = 1 + self.scene.chance.below(12);
        let text = match self.scene.chance.below(9) {
            0 => format!("!我要 H{no}"),
            1 => format!("!不要了 H{no}"),
            2 => format!("!留给 H{no} 1"),
            3 => format!("!成了 H{no}"),
            4 => format!("!再发 H{no}"),
            5 => "!关注 婴儿床".to_owned(),
            6 => "!关注 沙发".to_owned(),
            7 => "!列表 送".to_owned(),
            _ => "!取消关注 沙发".to_owned(),
        };
        self.says_in(&who, &here, &text);
    }

    fn own_message(&mut self) -> Option<(UserId, RoomId, EventId)> {
        let (who, here) = self.somewhere();
        let timeline = &self.scene.server.rooms[&here].timeline;
        let own: Vec<EventId> = timeline
            .iter()
            .map(|place| &self.scene.server.events[*place])
            .filter(|event| event.sender == who && posted(event).starts_with('#'))
            .map(|event| event.id.clone())
            .collect();
        let own = &own[own.len().saturating_sub(3)..];
        let id = self.scene.chance.pick(own)?.clone();
        Some((who, here, id))
    }

    fn changes(&mut self) {
        if let Some((who, here, id)) = self.own_message() {
            let what = *self.scene.chance.pick(&POSTS[..25]).expect("posts");
            let word = self.scene.word();
            self.scene.note(&format!("{who} edits {id}: {what}"));
            self.scene
                .server
                .edit(&here, &who, &id, &format!("{what} {word}"));
        }
    }

    fn redacts(&mut self) {
        if self.scene.chance.one_in(2)
            && let Some((who, here, id)) = self.own_message()
        {
            self.scene.note(&format!("{who} redacts {id}"));
            self.scene.server.redact(&here, &who, &id, "");
        }
    }
}
