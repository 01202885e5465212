//! What residents, staff and the desk do.

use linli::domain::ids::{RoomId, UserId};

use super::Tale;
use crate::fake::estate::{room, user};

/// Residents, with the rooms of their buildings.
const RESIDENTS: [(&str, &str); 5] = [
    ("wangfang", "3"),
    ("liming", "3"),
    ("zhouwei", "1"),
    ("wumin", "1"),
    ("fenglei", "2"),
];
const STAFF: [&str; 4] = ["wang", "zhang", "liu", "lin"];
const REPORTS: [&str; 9] = [
    "厨房水管漏水",
    "家里水龙头滴水",
    "家里插座没电了",
    "家里停水了",
    "家里停水了",
    "家里停电了",
    "门锁坏了",
    "楼道灯不亮",
    "电梯里有人被困住了",
];
const OF_STAFF: [&str; 18] = [
    "🙋", "🙋", "🤝", "🤝", "🤝", "🚗", "🔧", "✅", "✅", "❓", "📦", "1️⃣", "1️⃣", "2️⃣", "2️⃣", "3️⃣",
    "👍", "🔁",
];
const OF_RESIDENTS: [&str; 4] = ["👍", "👍", "🔁", "❌"];
const AREAS: [&str; 5] = ["3号楼", "1号楼", "1号楼、3号楼", "3号楼2单元", "全小区"];
const NAMES: [&str; 3] = ["王师傅", "张师傅", "前台小刘"];

impl Tale {
    pub(super) fn somebody_acts(&mut self) {
        match self.scene.chance.below(18) {
            0..=2 => self.somebody_reports(),
            3 => self.resident_taps(),
            4 => self.outage(),
            5 => self.call(),
            6..=8 => self.types(),
            9 => self.takes_back(),
            10 => self.goes_round(),
            11 => self.ends_outage(),
            _ => {
                let who = self.one_of_staff();
                self.scene.taps(&who, &room("staff"), &OF_STAFF);
            }
        }
    }

    fn one_of_staff(&mut self) -> UserId {
        user(self.scene.chance.pick(&STAFF).expect("staff"))
    }

    fn resident(&mut self) -> (UserId, RoomId) {
        let (name, home) = *self.scene.chance.pick(&RESIDENTS).expect("residents");
        (user(name), room(home))
    }

    fn says(&mut self, who: &UserId, here: &RoomId, text: &str) -> linli::domain::ids::EventId {
        self.scene.note(&format!("{who} in {here}: {text}"));
        self.scene.server.say(here, who, text)
    }

    fn somebody_reports(&mut self) {
        let (who, here) = self.resident();
        let what = *self.scene.chance.pick(&REPORTS).expect("reports");
        let word = self.scene.word();
        let id = self.says(&who, &here, &format!("#报修 {what} {word}"));
        self.reports.push((id, word));
    }

    fn resident_taps(&mut self) {
        let (who, here) = self.resident();
        self.scene.taps(&who, &here, &OF_RESIDENTS);
    }

    fn outage(&mut self) {
        let what = *self.scene.chance.pick(&["停水", "停电"]).expect("outages");
        let place = *self.scene.chance.pick(&AREAS).expect("areas");
        self.says(
            &user("liu"),
            &room("staff"),
            &format!("!{what} {place} 抢修"),
        );
    }

    fn call(&mut self) {
        let homes = ["3-2-501 王女士", "2-1-101 赵先生", "1-2-602 吴"];
        let home = *self.scene.chance.pick(&homes).expect("homes");
        let what = *self.scene.chance.pick(&REPORTS[..8]).expect("reports");
        let word = self.scene.word();
        let text = format!("!代报 {home} 13800001111 {what} {word}");
        let id = self.says(&user("liu"), &room("staff"), &text);
        self.calls.push((id, word));
    }

    /// A command about some ticket.
    fn types(&mut self) {
        let numbers: Vec<u32> = self.tickets().iter().map(|ticket| ticket.no.0).collect();
        let Some(no) = self.scene.chance.pick(&numbers).copied() else {
            return;
        };
        let who = self.one_of_staff();
        let name = *self.scene.chance.pick(&NAMES).expect("names");
        let text = match self.scene.chance.below(11) {
            0 | 1 => format!("!派单 {no} @{name}"),
            2 => format!("!帮忙 {no}"),
            3 => format!("!帮忙 {no} @{name}"),
            4 => format!("!leave {no}"),
            5 => format!("!退单 {no}"),
            6 => format!("!勾 {no} {}", 1 + self.scene.chance.below(3)),
            7 => format!("!跳过 {no} 今天不做"),
            8 => format!("!等配件 {no} 阀芯"),
            9 => format!("!完成 {no}"),
            _ => format!("!重开 {no}"),
        };
        self.says(&who, &room("staff"), &text);
    }

    /// Somebody ticks off what a round looks at, mostly all of it, or says why not.
    fn goes_round(&mut self) {
        let tickets = self.tickets().into_iter().rev();
        let mut open = tickets.filter(|ticket| ticket.state.is_open() && ticket.round.is_some());
        let Some(ticket) = open.next() else {
            return;
        };
        let who = self.one_of_staff();
        if self.scene.chance.one_in(5) {
            let text = format!("!跳过 {} 厂家今天来", ticket.no);
            self.says(&who, &room("staff"), &text);
            return;
        }
        for at in 1..=ticket.round.map_or(0, |round| round.steps.len()) {
            if !self.scene.chance.one_in(6) {
                let text = format!("!勾 {} {at}", ticket.no);
                self.says(&who, &room("staff"), &text);
            }
        }
    }

    fn ends_outage(&mut self) {
        let tickets = self.tickets().into_iter();
        let open = tickets.filter(|ticket| ticket.state.is_open() && ticket.outage.is_some());
        let open: Vec<u32> = open.map(|ticket| ticket.no.0).collect();
        if let Some(no) = self.scene.chance.pick(&open).copied() {
            let who = self.one_of_staff();
            self.says(&who, &room("staff"), &format!("!完成 {no} 修好了"));
        }
    }

    /// Somebody of staff takes one of their last taps back.
    fn takes_back(&mut self) {
        let who = self.one_of_staff();
        let events = self.scene.server.events.iter().rev();
        let own = events.filter(|event| {
            event.sender == who
                && event.value["type"] == "m.reaction"
                && event.redacted_by.is_none()
        });
        let own: Vec<_> = own.take(4).map(|event| event.id.clone()).collect();
        if let Some(tap) = self.scene.chance.pick(&own).cloned() {
            self.scene.note(&format!("{who} takes {tap} back"));
            self.scene.server.redact(&room("staff"), &who, &tap, "");
        }
    }
}
