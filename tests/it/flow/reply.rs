//! What staff say to whoever has reported something: changed and taken back with their own message.

use super::{
    anonymous,
    script::{Stage, account},
};
use crate::fake::power::talk_room;

/// What a room reads of a reply now, one after the other.
fn read(stage: &Stage, room: &str) -> Vec<String> {
    let shown = stage.show(room);
    let told = shown.lines().filter(|line| line.contains("答复工单 #1"));
    told.map(str::to_owned).collect()
}

/// What the talk of somebody holds of it: what it says now, and what was taken away.
fn in_talk(stage: &Stage, name: &str) -> Vec<String> {
    let talk = talk_room(&account(name));
    let timeline = stage.server.rooms[&talk].timeline.iter();
    let events = timeline.map(|place| &stage.server.events[*place]);
    let ours = events.filter(|event| {
        let body = event.original["body"].as_str().unwrap_or_default();
        event.sender == stage.server.bot
            && body.contains("答复工单 #1")
            && event.original.get("m.new_content").is_none()
    });
    ours.map(|event| {
        let now = stage.server.current(&event.id);
        now.map_or("gone", |now| now["body"].as_str().unwrap_or_default())
            .to_owned()
    })
    .collect()
}

#[test]
fn a_reply_is_changed_and_taken_back_where_it_is_read() {
    let mut stage = Stage::new();
    stage.play(
        "王芳@3: #报修 楼道灯不亮
        A = 前台@staff: !回复 1 师傅明天来
        王师傅@staff edits A: !回复 1 别信
        前台@staff edits A: !回复 1 师傅今天下午来",
    );
    let told = read(&stage, "3");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("师傅今天下午来"), "{told:?}");
    stage.play("前台@staff: !工单 1\n前台@staff redacts A");
    assert!(stage.show("staff").contains("师傅今天下午来"));
    assert_eq!(read(&stage, "3"), Vec::<String>::new());
    stage.play("前台@staff: !工单 1");
    let shown = stage.show("staff");
    let last = shown.rsplit("!工单 1").next().unwrap_or_default();
    assert!(!last.contains("师傅今天下午来"), "{last}");
}

#[test]
fn an_edit_that_answers_another_ticket_leaves_nothing_at_this_one() {
    let mut stage = Stage::new();
    stage.play(
        "王芳@3: #报修 楼道灯不亮
        周伟@1: #报修 家里漏水
        A = 前台@staff: !回复 1 已经在路上
        前台@staff edits A: !回复 2 已经在路上",
    );
    assert_eq!(read(&stage, "3"), Vec::<String>::new());
    assert!(!stage.show("1").contains("已经在路上"));
}

#[test]
fn somebody_unknown_reads_what_a_reply_says_now() {
    let mut stage = anonymous::stage();
    stage.play(
        "王芳@talk: 匿名投诉：保安半夜在岗亭打牌
        A = 前台@staff: !回复 1 哪个门？
        前台@staff edits A: !回复 1 东门还是西门？
        B = 前台@staff: !回复 1 张三说的？",
    );
    let told = in_talk(&stage, "王芳");
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("东门还是西门"), "{told:?}");
    stage.play("前台@staff redacts B");
    assert_eq!(in_talk(&stage, "王芳")[1], "gone");
}

#[test]
fn a_reply_in_private_is_taken_back_there_and_one_that_moved_stays_gone() {
    let mut stage = anonymous::stage();
    stage.play(
        "王芳@3: #报修 家里马桶堵了，别公开我家房号
        A = 前台@staff: !回复 1 师傅两点到
        前台@staff edits A: !回复 1 师傅三点到",
    );
    assert!(!stage.show("3").contains("三点到"));
    assert!(in_talk(&stage, "王芳")[0].contains("三点到"));
    stage.play("前台@staff redacts A");
    assert_eq!(in_talk(&stage, "王芳"), ["gone"]);

    let mut stage = Stage::new();
    stage.play(
        "王芳@3: #投诉 邻居装修
        A = 前台@staff: !回复 1 我们马上去看
        王芳@3 taps 🔒 on #1
        前台@staff edits A: !回复 1 我们明天去看",
    );
    assert!(!stage.show("3").contains("去看"), "{}", stage.show("3"));
    assert!(stage.robot.quarantined.is_empty());
}
