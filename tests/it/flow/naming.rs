//! Names: from a wrong one to a right one, step by step; who is left alone; and how many messages that makes.

use linli::features;

use super::script::{Stage, account, told};
use crate::fake::estate::{self, room};

/// What the private talk with Feng Lei and these rooms show after a script.
fn after(script: &str, rooms: &str) -> String {
    told("", script, rooms)
}

fn may_speak(stage: &Stage, name: &str) -> bool {
    stage.server.may_post(&room("3"), &account(name))
}

fn standing(stage: &Stage, short: &str, name: &str) -> &'static str {
    let standing = stage.server.standing(&room(short), &account(name));
    standing.map_or("nothing", |standing| standing.membership)
}

#[test]
fn a_right_name_is_welcomed_once_and_a_right_rename_passes_without_a_word() {
    let script = "
        新邻居@3 enters as 3-1-1201 何洁
        新邻居@3 enters as 3-1-1201 何女士
        新邻居@3 leaves
        新邻居@3 enters as 3-1-1201 何洁
        新邻居@notice enters as 3-1-1201 何洁";
    insta::assert_snapshot!(after(script, "3 staff"), @r"
    == 3
    linli: 👋 欢迎新邻居 3-1-1201 何洁！
    == staff
    ");
}

#[test]
fn from_a_wrong_name_to_removal_and_back() {
    let mut stage = Stage::new();
    stage.play("冯磊@3 enters as 快乐的风");
    stage.play("+23h");
    insta::assert_snapshot!(stage.show("3 talk-fenglei staff"), @r"
    == 3
    == talk-fenglei
    linli: 您好，您的新名字“快乐的风”看不出是哪一家。在和谐花园的群里，请把名字写成“门牌＋姓”。
        问题：看不出门牌号（有几个单元的楼，要写上单元）。
        请照这个样子写，换成您自己家的门牌和姓：3-1-501 王
        怎么改（手机）：点左上角自己的头像 → 设置 → 点自己的名字 → 改好后保存。
        怎么改（电脑）：点左上角自己的头像 → 所有设置 → 账户 → 显示名称 → 保存。
        改好我马上就能看到，不用回复。
    == staff
    ");
    stage.play("+2h");
    assert!(may_speak(&stage, "冯磊"));
    stage.play("+2d");
    assert!(!may_speak(&stage, "冯磊"));
    stage.play("+11d");
    assert_eq!(standing(&stage, "3", "冯磊"), "leave");
    stage.play("冯磊@talk enters as 3-2-1001 冯磊");
    assert_eq!(standing(&stage, "3", "冯磊"), "invite");
    stage.play("冯磊@3 enters as 3-2-1001 冯磊");
    assert!(may_speak(&stage, "冯磊"));
    insta::assert_snapshot!(stage.show("3 talk-fenglei staff"), @r"
    == 3
    linli!: 快乐的风，麻烦把群里的名字改成“门牌＋姓”，怎么改我私信您了。
    == talk-fenglei
    linli: 您好，您的新名字“快乐的风”看不出是哪一家。在和谐花园的群里，请把名字写成“门牌＋姓”。
        问题：看不出门牌号（有几个单元的楼，要写上单元）。
        请照这个样子写，换成您自己家的门牌和姓：3-1-501 王
        怎么改（手机）：点左上角自己的头像 → 设置 → 点自己的名字 → 改好后保存。
        怎么改（电脑）：点左上角自己的头像 → 所有设置 → 账户 → 显示名称 → 保存。
        改好我马上就能看到，不用回复。
    linli: 您好，提醒一下：您的名字“快乐的风”还没有改。过几天还没改的话，就暂时不能在群里发言了。
        问题：看不出门牌号（有几个单元的楼，要写上单元）。
        请照这个样子写，换成您自己家的门牌和姓：3-1-501 王
        怎么改（手机）：点左上角自己的头像 → 设置 → 点自己的名字 → 改好后保存。
        怎么改（电脑）：点左上角自己的头像 → 所有设置 → 账户 → 显示名称 → 保存。
        改好我马上就能看到，不用回复。
    linli: 您的名字“快乐的风”一直没有改，您暂时不能在群里发言。改好以后马上恢复，不用找人。
        问题：看不出门牌号（有几个单元的楼，要写上单元）。
        请照这个样子写，换成您自己家的门牌和姓：3-1-501 王
        怎么改（手机）：点左上角自己的头像 → 设置 → 点自己的名字 → 改好后保存。
        怎么改（电脑）：点左上角自己的头像 → 所有设置 → 账户 → 显示名称 → 保存。
        改好我马上就能看到，不用回复。
    linli: 您的名字“快乐的风”一直没有改，您被移出了和谐花园的群。改好以后我会马上请您回来。
        问题：看不出门牌号（有几个单元的楼，要写上单元）。
        请照这个样子写，换成您自己家的门牌和姓：3-1-501 王
        怎么改（手机）：点左上角自己的头像 → 设置 → 点自己的名字 → 改好后保存。
        怎么改（电脑）：点左上角自己的头像 → 所有设置 → 账户 → 显示名称 → 保存。
        改好我马上就能看到，不用回复。
    linli: 谢谢！“3-2-1001 冯磊”，这样就对了。请您回来的邀请已经发出，接受就能进群。
    == staff
    ");
}

#[test]
fn a_right_name_undoes_the_mute_at_once() {
    let mut stage = Stage::new();
    let before = stage.server.levels(&room("3")).clone();
    stage.play("冯磊@3 enters as 风\n冯磊@talk enters as 风\n冯磊@3 enters as 冯\n冯磊@3 enters as 3-2-1001\n+1d\n+2d");
    assert!(!may_speak(&stage, "冯磊"));
    stage.play("冯磊@3 enters as ３－２－１００１　冯");
    assert!(may_speak(&stage, "冯磊"));
    assert_eq!(*stage.server.levels(&room("3")), before);
    stage.play("+14d");
    assert_eq!(standing(&stage, "3", "冯磊"), "join");
    insta::assert_snapshot!(stage.show("3 talk-fenglei"), @r"
    == 3
    == talk-fenglei
    linli: 您好，您的新名字“风”看不出是哪一家。在和谐花园的群里，请把名字写成“门牌＋姓”。
        问题：看不出门牌号（有几个单元的楼，要写上单元）。
        请照这个样子写，换成您自己家的门牌和姓：3-1-501 风
        怎么改（手机）：点左上角自己的头像 → 设置 → 点自己的名字 → 改好后保存。
        怎么改（电脑）：点左上角自己的头像 → 所有设置 → 账户 → 显示名称 → 保存。
        改好我马上就能看到，不用回复。
    linli: 快好了！“冯”还差一点。
        问题：看不出门牌号（有几个单元的楼，要写上单元）。
        请照这个样子写，换成您自己家的门牌和姓：3-1-501 冯
        怎么改（手机）：点左上角自己的头像 → 设置 → 点自己的名字 → 改好后保存。
        怎么改（电脑）：点左上角自己的头像 → 所有设置 → 账户 → 显示名称 → 保存。
        改好我马上就能看到，不用回复。
    linli: 快好了！“3-2-1001”还差一点。
        问题：看不出您姓什么。
        请照这个样子写，换成您自己家的门牌和姓：3-2-1001 王
        怎么改（手机）：点左上角自己的头像 → 设置 → 点自己的名字 → 改好后保存。
        怎么改（电脑）：点左上角自己的头像 → 所有设置 → 账户 → 显示名称 → 保存。
        改好我马上就能看到，不用回复。
    linli: 您好，提醒一下：您的名字“3-2-1001”还没有改。过几天还没改的话，就暂时不能在群里发言了。
        问题：看不出您姓什么。
        请照这个样子写，换成您自己家的门牌和姓：3-2-1001 王
        怎么改（手机）：点左上角自己的头像 → 设置 → 点自己的名字 → 改好后保存。
        怎么改（电脑）：点左上角自己的头像 → 所有设置 → 账户 → 显示名称 → 保存。
        改好我马上就能看到，不用回复。
    linli: 您的名字“3-2-1001”一直没有改，您暂时不能在群里发言。改好以后马上恢复，不用找人。
        问题：看不出您姓什么。
        请照这个样子写，换成您自己家的门牌和姓：3-2-1001 王
        怎么改（手机）：点左上角自己的头像 → 设置 → 点自己的名字 → 改好后保存。
        怎么改（电脑）：点左上角自己的头像 → 所有设置 → 账户 → 显示名称 → 保存。
        改好我马上就能看到，不用回复。
    linli: 谢谢！“３－２－１００１　冯”，这样就对了。您可以发言了。
    ");
}

#[test]
fn a_look_alike_of_staff_is_silent_at_once_and_shown() {
    let mut stage = Stage::new();
    stage.play("冯磊@3 enters as 物业王师傅");
    assert!(!may_speak(&stage, "冯磊"));
    insta::assert_snapshot!(stage.show("3 talk-fenglei staff"), @r"
    == 3
    == talk-fenglei
    linli: 您好，您的新名字“物业王师傅”看不出是哪一家。在和谐花园的群里，请把名字写成“门牌＋姓”。
        问题：这个名字像物业或管理员，邻居会弄错。改好之前您不能发言。
        请照这个样子写，换成您自己家的门牌和姓：3-1-501 王
        怎么改（手机）：点左上角自己的头像 → 设置 → 点自己的名字 → 改好后保存。
        怎么改（电脑）：点左上角自己的头像 → 所有设置 → 账户 → 显示名称 → 保存。
        改好我马上就能看到，不用回复。
    == staff
    linli: ⚠ “物业王师傅”（@fenglei:hexie.test）的名字像工作人员，已禁言（处置 1）。点 ⛔ 封禁，点 🚪 移出；认识的人请发 !撤销 1。
    ");
    stage.play("冯磊@3 enters as 3-1-1201 冯磊");
    assert!(may_speak(&stage, "冯磊"));
}

#[test]
fn a_visitor_with_a_right_name_at_home_is_right_elsewhere() {
    let mut stage = Stage::new();
    stage.play("王芳@1 enters as 3-2-501 王芳\n+20d");
    assert_eq!(standing(&stage, "1", "王芳"), "join");
    // Without a home of their own in the community the contradiction counts.
    stage.play("冯磊@2 leaves\n冯磊@1 enters as 2-1-401 冯磊");
    insta::assert_snapshot!(stage.show("1 talk-fenglei"), @r"
    == 1
    == talk-fenglei
    linli: 您好，您的新名字“2-1-401 冯磊”看不出是哪一家。在和谐花园的群里，请把名字写成“门牌＋姓”。
        问题：名字里的楼号和这个群的楼号不一样。如果您住别的楼，请进那栋楼的群。
        请改成这样（可以直接复制）：1-1-401 冯
        怎么改（手机）：点左上角自己的头像 → 设置 → 点自己的名字 → 改好后保存。
        怎么改（电脑）：点左上角自己的头像 → 所有设置 → 账户 → 显示名称 → 保存。
        改好我马上就能看到，不用回复。
    ");
}

#[test]
fn a_rename_in_forty_rooms_is_one_reminder() {
    let mut server = estate::homeserver();
    estate::add_buildings(&mut server, 40);
    let user = account("冯磊");
    let mut stage = Stage::on(server, || estate::world_with(features::ALL, 40));
    for n in 0..40 {
        let short = format!("b{n}");
        stage.server.join(&room(&short), &user, "快乐的风");
    }
    stage.play("+1m");
    stage.play("冯磊@talk enters as 快乐的风\n+1d\n+1d");
    let talk = stage.show("talk-fenglei");
    assert_eq!(
        talk.matches("linli!").count() + talk.matches("linli:").count(),
        2,
        "{talk}"
    );
}

#[test]
fn three_hundred_bad_names_at_the_first_start_are_told_at_the_set_pace() {
    let mut server = estate::homeserver();
    for n in 0..300 {
        let user = estate::user(&format!("r{n}"));
        server.join(&room("3"), &user, "随便");
    }
    let bot = server.bot.clone();
    server.leave(&room("3"), &bot);
    server.join(&room("3"), &bot, "邻里");
    let mut stage = Stage::on(server, || estate::world(features::ALL));
    let talks = |stage: &Stage| {
        let rooms = stage.server.rooms.keys();
        rooms
            .filter(|room| room.as_str().starts_with("!talk-"))
            .count()
    };
    // Thirty of the sixty an hour are kept for newcomers.
    assert_eq!(talks(&stage), 30);
    stage.play("+59m");
    assert_eq!(talks(&stage), 30);
    stage.play("冯磊@3 enters as 风");
    assert_eq!(talks(&stage), 31);
    stage.play("+2m");
    assert_eq!(talks(&stage), 61);
    stage.play("+1h\n+1h\n+1h\n+1h\n+1h\n+1h\n+1h\n+1h\n+1h");
    assert_eq!(talks(&stage), 301);
    // A day and the week of grace after their own first message the first ones are reminded.
    let first = "talk-r0";
    stage.play("+7d\n+12h");
    assert_eq!(stage.show(first).matches("还没有改").count(), 0);
    stage.play("+4h");
    assert_eq!(stage.show(first).matches("还没有改").count(), 1);
}

#[test]
fn too_many_members_of_one_home_are_shown_to_the_moderators() {
    let mut stage = Stage::new();
    for n in 0..7 {
        let user = estate::user(&format!("r{n}"));
        stage.server.join(
            &room("3"),
            &user,
            &format!(
                "3-1-1601 李{}",
                ["一", "二", "三", "四", "五", "六", "七"][n]
            ),
        );
    }
    stage.play("+1m");
    insta::assert_snapshot!(stage.show("staff"), @r"
    == staff
    linli: ❓ 同一户已有 7 个人用了这个门牌：最新的是 3-1-1601 李七（@r6:hexie.test）。不认识的话点 🚪 移出；没问题不用管。
    ");
}
