//! Admission: the lobby, the roster, codes, knocks, the moderators' cards, and moving out.

use linli::{
    domain::{
        ids::{EventId, RoomId, UserId},
        record::{Key, Record as _, View as _, decode},
    },
    features::{
        self,
        admission::{Issued, Resident, wishes::Wish},
    },
    text::home::Home,
};
use serde_json::{Value, json};

use super::script::{Stage, account};
use crate::fake::estate::{self, room};

/// A stage with a lobby, and this section for admission.
pub fn stage(section: &Value) -> Stage {
    let mut server = estate::homeserver();
    estate::add_lobby(&mut server);
    let section = section.clone();
    Stage::on(server, move || {
        estate::world_with_lobby(features::ALL, &section)
    })
}

pub fn standing(stage: &Stage, short: &str, name: &str) -> &'static str {
    let standing = stage.server.standing(&room(short), &account(name));
    standing.map_or("nothing", |standing| standing.membership)
}

/// Where somebody stands in the rooms that they may be asked into.
fn standings(stage: &Stage, name: &str) -> String {
    let rooms = ["lobby", "3", "2", "notice", "space"];
    let each = rooms.map(|short| format!("{short}: {}", standing(stage, short, name)));
    each.join(", ")
}

pub fn home(unit: &str, home: &str) -> Home {
    Home {
        building: "3".to_owned(),
        home: home.to_owned(),
        phase: None,
        unit: Some(unit.to_owned()),
    }
}

pub fn resident(unit: &str, flat: &str, surname: Option<&str>) -> Resident {
    Resident {
        home: home(unit, flat),
        surname: surname.map(str::to_owned),
    }
}

pub fn roster(add: &[Resident]) -> Wish {
    Wish::Roster {
        add: add.to_vec(),
        remove: Vec::new(),
    }
}

pub fn codes(homes: &[Home]) -> Wish {
    Wish::Codes {
        seed: [7; 32],
        homes: homes.to_vec(),
        renew: false,
    }
}

/// The code of a home that is valid now.
pub fn code_of(stage: &Stage, home: &Home) -> Option<String> {
    let key = Key::new("hexie", Issued::KIND, &home.key());
    let stored = stage.robot.kept.state().memory.get(&key);
    let issued: Issued = decode(&key, &stored.expect("memory does not fail")?).expect("a code");
    Some(issued.code)
}

#[test]
fn in_the_lobby_a_right_name_opens_the_door_and_a_wrong_one_is_explained() {
    let mut stage = stage(&json!({"mode": "lobby"}));
    stage.play("新邻居@lobby enters as 快乐的风");
    assert_eq!(
        standings(&stage, "新邻居"),
        "lobby: join, 3: nothing, 2: nothing, notice: nothing, space: nothing"
    );
    stage.play("新邻居@lobby enters as 3-1-1201 何洁");
    assert_eq!(
        standings(&stage, "新邻居"),
        "lobby: join, 3: invite, 2: nothing, notice: invite, space: invite"
    );
    stage.play("新邻居@talk enters as 3-1-1201 何洁\n新邻居@3 enters as 3-1-1201 何洁");
    assert_eq!(
        standings(&stage, "新邻居"),
        "lobby: leave, 3: join, 2: nothing, notice: invite, space: invite"
    );
    insta::assert_snapshot!(stage.show("lobby talk-newcomer 3 staff"), @r"
    == lobby
    == talk-newcomer
    linli: 您好，欢迎来到和谐花园！为了让邻居和物业知道您是哪一家，群里的名字请写成“门牌＋姓”。
        问题：看不出门牌号（有几个单元的楼，要写上单元）。
        请照这个样子写，换成您自己家的门牌和姓：1-1-501 王
        怎么改（手机）：点左上角自己的头像 → 设置 → 点自己的名字 → 改好后保存。
        怎么改（电脑）：点左上角自己的头像 → 所有设置 → 账户 → 显示名称 → 保存。
        改好我马上就能看到，不用回复。
    linli: 谢谢！“3-1-1201 何洁”，这样就对了。
    linli: 欢迎！3号楼群和公共群的邀请已经发出，点接受就进群了。
    == 3
    linli: 👋 欢迎新邻居 3-1-1201 何洁！
    == staff
    ");
}

#[test]
fn the_rules_come_first_where_that_is_set() {
    let mut server = estate::homeserver();
    estate::add_lobby(&mut server);
    let mut stage = Stage::on(server, || {
        let section = json!({"mode": "lobby", "rules_first": true});
        let world = estate::world_with_lobby(features::ALL, &section);
        estate::set(world, "rules", &json!({"text": "互相尊重。"}))
    });
    stage.play("新邻居@lobby enters as 3-1-1201 何洁\n新邻居@talk enters as 3-1-1201 何洁");
    assert_eq!(standing(&stage, "3", "新邻居"), "nothing");
    insta::assert_snapshot!(stage.show("talk-newcomer"), @r"
    == talk-newcomer
    linli: 和谐花园群规
        互相尊重。
        看过并同意，请点一下 ✅。
        [✅]
    linli: 还差一步：请看看我发给您的群规，然后在下面点一下 ✅。
    ");
    let rules = rules_in(&stage);
    stage.named.insert("rules".to_owned(), rules);
    stage.play("新邻居@talk taps ✅ on rules");
    assert_eq!(
        standings(&stage, "新邻居"),
        "lobby: join, 3: invite, 2: nothing, notice: invite, space: invite"
    );
}

/// The rules as they stand in the newcomer's talk.
fn rules_in(stage: &Stage) -> EventId {
    let talk = room("talk-newcomer");
    let timeline = stage.server.rooms[&talk].timeline.iter();
    let mut events = timeline.map(|place| &stage.server.events[*place]);
    let shown = events.find(|event| event.original["dev.linli"]["about"]["feature"] == "rules");
    shown.expect("the rules").id.clone()
}

#[test]
fn the_roster_opens_the_door_and_whoever_is_not_on_it_is_put_to_the_moderators() {
    let mut stage = stage(&json!({"mode": "verified"}));
    stage.asks(
        "admission",
        &roster(&[
            resident("1", "1201", Some("何")),
            resident("1", "302", None),
        ]),
    );
    stage.play("新邻居@lobby enters as 3-1-1201 何女士");
    assert_eq!(standing(&stage, "3", "新邻居"), "invite");
    stage.play("Smith@lobby enters as 3-1-302 Smith");
    assert_eq!(standing(&stage, "3", "Smith"), "nothing");
    stage.call("card", "staff");
    stage.play("王芳@staff taps ✅ on card\n王师傅@staff taps ✅ on card");
    assert_eq!(standing(&stage, "3", "Smith"), "nothing");
    stage.play("管理员@staff: !待审\n+25h");
    insta::assert_snapshot!(stage.show("talk-newcomer talk-smith staff"), @r"
    == talk-newcomer
    linli: 欢迎！3号楼群和公共群的邀请已经发出，点接受就进群了。
    == talk-smith
    linli: Your name is right, thank you. If you have got a slip with a code for your home, send me the code here and you are in at once. Otherwise a moderator will look at it; that can take a while.
    == staff
    linli: 🚪 3-1-302 Smith（@smith:hexie.test）想进群：3号楼 1单元 302
        名册上有这一户，没有写姓名。
        认识吗？✅ 请进，❌ 不请。
        [✅❌]
    管理员: !待审
    linli: 等着进群的（1 人），在各自的卡片上点 ✅ 或 ❌：
        3-1-302 · 3-1-302 Smith（@smith:hexie.test）· 从 03-02 08:00 起
    linli!: ⏰ 还有新邻居在等着进群，请看看上面的卡片。
    ");
    stage.play("管理员@staff taps ❌ on card");
    assert_eq!(standing(&stage, "3", "Smith"), "nothing");
    stage.play("管理员@staff taps ✅ on card");
    assert_eq!(standing(&stage, "3", "Smith"), "invite");
    stage.play("Smith@3 enters as 3-1-302 Smith\n经理@staff taps ❌ on card");
    assert_eq!(standing(&stage, "3", "Smith"), "leave");
    insta::assert_snapshot!(stage.show("talk-smith staff"), @r"
    == talk-smith
    linli: Your name is right, thank you. If you have got a slip with a code for your home, send me the code here and you are in at once. Otherwise a moderator will look at it; that can take a while.
    linli: The moderators of 和谐花园 could not confirm that you live there, so you were not let in. If that is a mistake, please ask the property office.
    linli: Welcome! The invitations to the room of building 3 and to the rooms for everybody are on their way; accept them and you are in.
    linli: 您被移出了和谐花园的群。原因：不住在这里。处理人：林经理。处置编号 1。
        如有异议，直接在这里写一句，管理员会看到。发送 !原因 可以看到全部记录。
    == staff
    linli: 🚪 3-1-302 Smith（@smith:hexie.test）想进群：3号楼 1单元 302
        名册上有这一户，没有写姓名。
        ❌ 林经理 没有同意（点 ✅ 改为请进）
        [✅❌]
    管理员: !待审
    linli: 等着进群的（1 人），在各自的卡片上点 ✅ 或 ❌：
        3-1-302 · 3-1-302 Smith（@smith:hexie.test）· 从 03-02 08:00 起
    linli!: ⏰ 还有新邻居在等着进群，请看看上面的卡片。
    linli: 🛡 #1 2-2-901 Smith · 移出 · 原因：不住在这里 · 林经理 · 03-03 09:00
        撤销：!撤销 1
    ");
}

#[test]
fn a_roster_that_comes_later_lets_in_whoever_has_waited() {
    let mut stage = stage(&json!({"mode": "verified"}));
    stage.play("新邻居@lobby enters as 3-1-1201 何洁");
    assert_eq!(standing(&stage, "3", "新邻居"), "nothing");
    stage.asks("admission", &roster(&[resident("1", "1201", Some("何"))]));
    assert_eq!(standing(&stage, "3", "新邻居"), "invite");
    insta::assert_snapshot!(stage.show("staff"), @r"
    == staff
    linli: 🚪 3-1-1201 何洁（@newcomer:hexie.test）想进群：3号楼 1单元 1201
        名册上有这一户、这个姓。
        ✅ 验证码或名册已经证明，请进来了
        [✅❌]
    ");
}

#[test]
fn a_code_opens_the_door_once() {
    let mut stage = stage(&json!({"mode": "verified"}));
    let own = home("1", "1201");
    stage.asks("admission", &codes(&[own.clone(), home("1", "302")]));
    let code = code_of(&stage, &own).expect("a code");
    stage.play("新邻居@lobby enters as 快乐的风\n新邻居@talk enters as 快乐的风");
    // In small letters, with words around it.
    stage.play(&format!(
        "新邻居@talk: 你好，我的验证码是 {}",
        code.to_lowercase()
    ));
    assert_eq!(standing(&stage, "3", "新邻居"), "nothing");
    assert_eq!(code_of(&stage, &own), None);
    stage.play("新邻居@lobby enters as 3-1-1201 何洁");
    assert_eq!(standing(&stage, "3", "新邻居"), "invite");
    // The same code from somebody else, in the lobby, where it is taken away at once.
    stage.play(&format!(
        "Smith@lobby enters as 3-1-1201 Smith\nSmith@lobby: {code}"
    ));
    assert_eq!(standing(&stage, "3", "Smith"), "nothing");
    insta::assert_snapshot!(stage.show("lobby talk-newcomer talk-smith"), @r"
    == lobby
    Smith: (redacted)
    == talk-newcomer
    linli: 您好，欢迎来到和谐花园！为了让邻居和物业知道您是哪一家，群里的名字请写成“门牌＋姓”。
        问题：看不出门牌号（有几个单元的楼，要写上单元）。
        请照这个样子写，换成您自己家的门牌和姓：1-1-501 王
        怎么改（手机）：点左上角自己的头像 → 设置 → 点自己的名字 → 改好后保存。
        怎么改（电脑）：点左上角自己的头像 → 所有设置 → 账户 → 显示名称 → 保存。
        改好我马上就能看到，不用回复。
    新邻居: 你好，我的验证码是 8mrg-wm57
    linli: 验证码对了！请再把群里的名字改一下，改好马上就能进群。
        请照这个样子写，换成您自己家的门牌和姓：3-1-1201 王
        怎么改（手机）：点左上角自己的头像 → 设置 → 点自己的名字 → 改好后保存。
        怎么改（电脑）：点左上角自己的头像 → 所有设置 → 账户 → 显示名称 → 保存。
        改好我马上就能看到，不用回复。
    linli: 谢谢！“3-1-1201 何洁”，这样就对了。
    linli: 欢迎！3号楼群和公共群的邀请已经发出，点接受就进群了。
    == talk-smith
    linli: Your name is right, thank you. If you have got a slip with a code for your home, send me the code here and you are in at once. Otherwise a moderator will look at it; that can take a while.
    linli: This code is not valid, or was used before. Please compare it with the slip, sign by sign; the property office can print a new one.
    ");
}

#[test]
fn wrong_codes_are_limited_also_for_whoever_has_a_right_one() {
    let mut stage = stage(&json!({"mode": "verified", "proof": ["code"], "wrong_codes": 2}));
    let own = home("1", "1201");
    stage.asks("admission", &codes(&[own.clone(), home("1", "302")]));
    let code = code_of(&stage, &own).expect("a code");
    let other = code_of(&stage, &home("1", "302")).expect("a code");
    stage.asks(
        "admission",
        &Wish::Codes {
            seed: [8; 32],
            homes: vec![home("1", "302")],
            renew: true,
        },
    );
    stage.play("新邻居@lobby enters as 3-1-1201 何洁\n新邻居@talk enters as 3-1-1201 何洁");
    for _ in 0..3 {
        stage.play(&format!("新邻居@talk: {other}"));
    }
    stage.play(&format!("新邻居@talk: {code}"));
    assert_eq!(standing(&stage, "3", "新邻居"), "nothing");
    stage.play(&format!("+1h\n新邻居@talk: {code}"));
    assert_eq!(standing(&stage, "3", "新邻居"), "invite");
    insta::assert_snapshot!(stage.show("talk-newcomer staff"), @r"
    == talk-newcomer
    linli: 名字对了，谢谢！请把自家纸条上的验证码发给我，例如 K7QM-4TXW。
    新邻居: GKZB-DK5G
    linli: 这个验证码不对，或者已经用过了。请照着纸条一个一个核对；物业可以重新打印。
    新邻居: GKZB-DK5G
    linli: 这个验证码不对，或者已经用过了。请照着纸条一个一个核对；物业可以重新打印。
    新邻居: GKZB-DK5G
    linli: 错的验证码太多了，请过一个小时再试，或者联系物业。
    新邻居: 8MRG-WM57
    linli: 错的验证码太多了，请过一个小时再试，或者联系物业。
    新邻居: 8MRG-WM57
    linli: 欢迎！3号楼群和公共群的邀请已经发出，点接受就进群了。
    == staff
    linli: ⚠ 这一小时错的验证码非常多，最近的来自 @newcomer:hexie.test。过一会儿才会再看验证码；点 ⛔ 封禁。
    ");
}

#[test]
fn knocks_are_answered_in_all_modes() {
    let mut stage = stage(&json!({"mode": "verified"}));
    let own = home("1", "1201");
    stage.asks("admission", &codes(std::slice::from_ref(&own)));
    let code = code_of(&stage, &own).expect("a code");
    stage.play(&format!("新邻居@3 knocks as 1201 何洁: {code}"));
    // Which stairwell it is, the name does not say.
    assert_eq!(standing(&stage, "3", "新邻居"), "knock");
    stage.play("新邻居@3 knocks as 1单元1201 何洁");
    assert_eq!(standing(&stage, "3", "新邻居"), "invite");
    stage.play("Smith@lobby knocks as Smith\nSmith@staff knocks as Smith\n前台@3 leaves\n前台@3 knocks as 小刘");
    assert_eq!(standing(&stage, "lobby", "Smith"), "invite");
    assert_eq!(standing(&stage, "staff", "Smith"), "knock");
    assert_eq!(standing(&stage, "3", "前台"), "invite");

    let mut open = Stage::new();
    open.play("新邻居@3 knocks as 快乐的风");
    assert_eq!(standing(&open, "3", "新邻居"), "knock");
    open.play("新邻居@3 knocks as 3-1-1201 何洁");
    assert_eq!(standing(&open, "3", "新邻居"), "invite");
    insta::assert_snapshot!(open.show("talk-newcomer staff"), @r"
    == talk-newcomer
    linli: 您好，欢迎来到和谐花园！为了让邻居和物业知道您是哪一家，群里的名字请写成“门牌＋姓”。
        问题：看不出门牌号（有几个单元的楼，要写上单元）。
        请照这个样子写，换成您自己家的门牌和姓：3-1-501 王
        怎么改（手机）：点左上角自己的头像 → 设置 → 点自己的名字 → 改好后保存。
        怎么改（电脑）：点左上角自己的头像 → 所有设置 → 账户 → 显示名称 → 保存。
        改好我马上就能看到，不用回复。
    linli: 欢迎！3号楼群和公共群的邀请已经发出，点接受就进群了。
    == staff
    ");
}

#[test]
fn a_refused_knock_is_turned_away() {
    let mut stage = stage(&json!({"mode": "verified"}));
    stage.play("新邻居@3 knocks as 3-1-1201 何洁");
    stage.call("card", "staff");
    stage.play("管理员@staff taps ❌ on card");
    assert_eq!(standing(&stage, "3", "新邻居"), "leave");
    stage.play("新邻居@3 knocks as 3-1-1201 何洁");
    insta::assert_snapshot!(stage.show("talk-newcomer staff"), @r"
    == talk-newcomer
    linli: 名字对了，谢谢！手上有自家验证码纸条的话，把验证码发给我，马上就能进群；没有也没关系，已经请管理员确认，可能要等一会儿。
    linli: 和谐花园的管理员没能确认您住在这里，这次没有请您进群。如果弄错了，请联系物业。
    == staff
    linli: 🚪 3-1-1201 何洁（@newcomer:hexie.test）想进群：3号楼 1单元 1201
        名册上没有这一户。
        ❌ 管理员老周 没有同意（点 ✅ 改为请进）
        [✅❌]
    ");
}

#[test]
fn who_goes_by_another_home_is_shown_to_the_moderators() {
    let mut stage = stage(&json!({"mode": "verified"}));
    stage.asks("admission", &roster(&[resident("1", "1201", Some("何"))]));
    stage.play("新邻居@lobby enters as 3-1-1201 何洁\n新邻居@3 enters as 3-1-1201 何洁");
    stage.play("新邻居@3 enters as 3-1-1202 何洁\n新邻居@notice enters as 3-1-1202 何洁");
    insta::assert_snapshot!(stage.show("staff"), @r"
    == staff
    linli: ❓ 3-1-1202 何洁（@newcomer:hexie.test）是以 3-1-1201 进来的，现在名字写的是 3-1-1202。不是搬家的话，点 🚪 移出。
    ");
}

#[test]
fn a_home_moves_out_and_back() {
    let mut stage = stage(&json!({"mode": "verified"}));
    let own = home("2", "501");
    stage.asks("admission", &roster(&[resident("2", "501", Some("王"))]));
    stage.asks("admission", &codes(std::slice::from_ref(&own)));
    let code = code_of(&stage, &own);
    stage.play("王芳@3: !迁出 3-2-501\n管理员@3: !迁出 3-2-501");
    assert_eq!(standing(&stage, "3", "王芳"), "leave");
    assert_eq!(code_of(&stage, &own), None);
    stage.play("王芳@lobby enters as 3-2-501 王芳");
    assert_eq!(standing(&stage, "3", "王芳"), "leave");
    let card = moveout_card(&stage);
    stage.named.insert("moveout".to_owned(), card);
    stage.play("王师傅@staff taps ↩️ on moveout");
    assert_eq!(standing(&stage, "3", "王芳"), "leave");
    stage.play("管理员@staff taps ↩️ on moveout\n经理@staff taps ↩️ on moveout");
    assert_eq!(standing(&stage, "3", "王芳"), "invite");
    assert_eq!(code_of(&stage, &own), code);
    insta::assert_snapshot!(stage.show("3 talk-wangfang staff"), @r"
    == 3
    王芳: !迁出 3-2-501
    linli: 3-2-501 王芳，这个命令只有管理员能用。
    管理员: !迁出 3-2-501
    linli: ✔ 3-2-501 已迁出，做了什么请看物业群。
    == talk-wangfang
    linli: 您在和谐花园的家登记为已搬走，所以退出了小区的群。祝新家一切顺利！如果弄错了，请联系物业。
    linli: 名字对了，谢谢！手上有自家验证码纸条的话，把验证码发给我，马上就能进群；没有也没关系，已经请管理员确认，可能要等一会儿。
    linli: 处置 1（移出）已撤销，当作没有发生过。
    linli: 欢迎！3号楼群和公共群的邀请已经发出，点接受就进群了。
    == staff
    linli: 📦 3-2-501 搬走了。
        已退出所有群（1 人）：3-2-501 王芳
        弄错了就点 ↩️，全部恢复。
        [↩️]
    linli: 🚪 3-2-501 王芳（@wangfang:hexie.test）想进群：3号楼 2单元 501
        名册上有这一户、这个姓。
        ✅ 验证码或名册已经证明，请进来了
        [✅❌]
    linli: ✔ 已全部恢复，邀请正在发出。
    ");
}

/// The card in the staff room about a home that has moved out.
pub fn moveout_card(stage: &Stage) -> EventId {
    let timeline = stage.server.rooms[&room("staff")].timeline.iter();
    let mut events = timeline.map(|place| &stage.server.events[*place]);
    let id = |about: &Value| about["id"].as_str().unwrap_or_default().to_owned();
    let shown =
        events.find(|event| id(&event.original["dev.linli"]["about"]).starts_with("moveout"));
    shown.expect("a card").id.clone()
}

#[test]
fn by_the_roster_a_home_or_one_of_its_surnames_moves_out() {
    let mut stage = stage(&json!({"mode": "verified"}));
    let (wang, he) = (
        resident("2", "501", Some("王")),
        resident("2", "501", Some("何")),
    );
    stage.asks("admission", &roster(&[wang.clone(), he.clone()]));
    stage.play("新邻居@lobby enters as 3-2-501 何洁\n新邻居@3 enters as 3-2-501 何洁");
    let remove = |residents: &[&Resident]| Wish::Roster {
        add: Vec::new(),
        remove: residents
            .iter()
            .map(|resident| (*resident).clone())
            .collect(),
    };
    stage.asks("admission", &remove(&[&he]));
    assert_eq!(standing(&stage, "3", "新邻居"), "leave");
    assert_eq!(standing(&stage, "3", "王芳"), "join");
    stage.play("+1m").asks("admission", &remove(&[&wang]));
    assert_eq!(standing(&stage, "3", "王芳"), "leave");
    assert_eq!(standing(&stage, "3", "李明"), "join");
    insta::assert_snapshot!(stage.show("talk-newcomer staff"), @r"
    == talk-newcomer
    linli: 欢迎！3号楼群和公共群的邀请已经发出，点接受就进群了。
    linli: 您在和谐花园的家登记为已搬走，所以退出了小区的群。祝新家一切顺利！如果弄错了，请联系物业。
    == staff
    linli: 📦 3-2-501 搬走了。
        已退出所有群（1 人）：3-2-501 何洁
        弄错了就点 ↩️，全部恢复。
        [↩️]
    linli: 📦 3-2-501 搬走了。
        已退出所有群（1 人）：3-2-501 王芳
        弄错了就点 ↩️，全部恢复。
        [↩️]
    ");
}

#[test]
fn one_member_moves_out_and_nobody_with_a_role() {
    let mut stage = Stage::new();
    stage.play("管理员@staff: !moveout @wangfang:hexie.test\n管理员@staff: !moveout @wang:hexie.test\n管理员@staff: !迁出\n管理员@staff: !迁出 2-1-101");
    assert_eq!(standing(&stage, "3", "王芳"), "leave");
    assert_eq!(standing(&stage, "3", "王师傅"), "join");
    insta::assert_snapshot!(stage.show("talk-wangfang staff"), @r"
    == talk-wangfang
    linli: 您在和谐花园的家登记为已搬走，所以退出了小区的群。祝新家一切顺利！如果弄错了，请联系物业。
    == staff
    管理员: !moveout @wangfang:hexie.test
    linli: 📦 3-2-501 王芳 搬走了。
        已退出所有群（1 人）：3-2-501 王芳
        弄错了就点 ↩️，全部恢复。
        [↩️]
    管理员: !moveout @wang:hexie.test
    linli: 没有移出（有职务，或者我的权限不够）：王师傅
    管理员: !迁出
    linli: 哪一户搬走了？例如“!迁出 3-2-501”，只移一个人就写“!迁出 @账号”。
    管理员: !迁出 2-1-101
    linli: 2-1-101 没有认识的人。
    ");
}

#[test]
fn nobody_is_let_in_while_a_raid_or_a_ban_lasts() {
    let mut stage = stage(&json!({"mode": "lobby"}));
    stage.play("管理员@staff: !防护 开 1小时\n新邻居@lobby enters as 3-1-1201 何洁");
    assert_eq!(standing(&stage, "3", "新邻居"), "nothing");
    stage.play("+1h");
    assert_eq!(standing(&stage, "3", "新邻居"), "invite");
    stage.play("管理员@staff: !ban @smith:hexie.test 广告\nSmith@3 knocks as 3-1-302 Smith");
    assert_eq!(standing(&stage, "3", "Smith"), "knock");
}

#[test]
fn a_kill_between_two_steps_loses_no_newcomer() {
    let mut stage = stage(&json!({"mode": "verified"}));
    let own = home("1", "1201");
    stage.asks("admission", &codes(std::slice::from_ref(&own)));
    let code = code_of(&stage, &own).expect("a code");
    let steps = [
        "新邻居@lobby enters as 快乐的风".to_owned(),
        "新邻居@talk enters as 快乐的风".to_owned(),
        format!("新邻居@talk: {code}"),
        "新邻居@lobby enters as 3-1-1201 何洁".to_owned(),
        "新邻居@3 enters as 3-1-1201 何洁".to_owned(),
    ];
    for step in steps {
        stage.play(&step);
        stage.robot.crash();
    }
    stage.play("+1m");
    assert_eq!(
        standings(&stage, "新邻居"),
        "lobby: leave, 3: join, 2: nothing, notice: invite, space: invite"
    );
}

#[test]
fn a_stranger_from_elsewhere_comes_in_by_their_slip_where_there_is_a_lobby() {
    let stranger = UserId::from("@he:elsewhere.test");
    let talk = RoomId::from("!own:elsewhere.test");
    let begin = |stage: &mut Stage| {
        stage.server.create(&talk);
        stage.server.join(&talk, &stranger, "1单元1201 何洁");
        stage.server.set_power(&talk, &stranger, 100);
        let bot = stage.server.bot.clone();
        stage.server.treat(&talk, &stranger, &bot, "invite", "");
        stage.robot.settle_down(&mut stage.server);
    };
    let mut without = Stage::new();
    begin(&mut without);
    assert!(!without.server.is_in(&talk, &without.server.bot));

    let mut stage = stage(&json!({"mode": "verified", "proof": ["code"]}));
    let own = home("1", "1201");
    stage.asks("admission", &codes(std::slice::from_ref(&own)));
    begin(&mut stage);
    assert!(stage.server.is_in(&talk, &stage.server.bot));
    let code = code_of(&stage, &own).expect("a code");
    stage.server.say(&talk, &stranger, &code);
    stage.robot.settle_down(&mut stage.server);
    stage.server.join(&talk, &stranger, "3-1-1201 何洁");
    stage.robot.settle_down(&mut stage.server);
    let standing = stage.server.standing(&room("3"), &stranger);
    assert_eq!(standing.map(|standing| standing.membership), Some("invite"));
}

#[test]
fn a_proof_is_for_one_home_only() {
    let own = home("1", "1201");
    let mut by_code = stage(&json!({"mode": "verified", "proof": ["code"]}));
    by_code.asks("admission", &codes(std::slice::from_ref(&own)));
    let code = code_of(&by_code, &own).expect("a code");
    by_code.play(&format!(
        "新邻居@lobby enters as 3-1-302 何洁\n新邻居@talk enters as 3-1-302 何洁\n新邻居@talk: {code}"
    ));
    assert_eq!(standing(&by_code, "3", "新邻居"), "nothing");
    assert!(by_code.show("talk-newcomer").contains("不是同一家"));
    by_code.play("新邻居@lobby enters as 3-1-1201 何洁\n新邻居@talk enters as 3-1-1201 何洁");
    assert_eq!(standing(&by_code, "3", "新邻居"), "invite");

    // A moderator who knows somebody as living here does not know them as living there.
    let mut by_tap = stage(&json!({"mode": "verified", "proof": ["moderator"]}));
    by_tap.play("新邻居@lobby enters as 3-1-1201 何洁");
    by_tap.call("card", "staff");
    by_tap.play("管理员@staff taps ✅ on card");
    assert_eq!(standing(&by_tap, "3", "新邻居"), "invite");
    by_tap.play("新邻居@lobby enters as 2-1-302 何洁");
    assert_eq!(standing(&by_tap, "2", "新邻居"), "nothing");
}
