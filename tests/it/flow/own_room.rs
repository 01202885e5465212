//! 🔒: a ticket goes on in a room of its reporter and staff.

use super::script::{Stage, account};
use linli::domain::ids::RoomId;

use crate::fake::power::own_room;

fn standing(stage: &Stage, name: &str) -> &'static str {
    let standing = stage.server.standing(&own_room("1"), &account(name));
    standing.map_or("nothing", |standing| standing.membership)
}

fn name_of_own_room(stage: &Stage) -> String {
    let timeline = stage.server.rooms[&own_room("1")].timeline.iter().rev();
    let mut events = timeline.map(|place| &stage.server.events[*place]);
    let named = events.find(|event| event.value["type"] == "m.room.name");
    named.map_or_else(String::new, |event| event.original["name"].to_string())
}

#[test]
fn a_complaint_is_taken_out_of_the_crowd() {
    let mut stage = Stage::new();
    stage.play(
        "
        王芳@3: #投诉 隔壁装修半夜还在敲，门牌3-2-502
        王芳@3 in thread of #1: 昨天也是
        A = 王芳@3 shows
        李明@3: 什么事？
        王芳@3 taps 🔒 on #1
        王芳@own-1 enters
        前台@own-1 enters
        前台@own-1: 您好，几点开始的？
        王芳@own-1: 十一点
        前台@own-1: !认领
        ",
    );
    insta::assert_snapshot!(stage.show("3 own-1 staff"), @"
    == 3
    王芳: (redacted)
    linli: (redacted)
    linli: (redacted)
    王芳: (redacted)
    王芳: (redacted)
    李明: 什么事？
    linli: 🔒 #1 转为私下处理，群里不再显示内容。报修人会收到单独房间的邀请，点“接受”就能接着说，之前的话和照片都在里面。
    == own-1
    linli: 🔒 工单 #1 从3号楼群搬到了这里，这里只有您和物业：前台、经理和接单的师傅。要说什么、要补照片，直接发在这里就行。之前说的：
        03-02 08:00 3-2-501 王芳：#投诉 隔壁装修半夜还在敲，门牌3-2-502
        03-02 08:00 3-2-501 王芳：昨天也是
    linli: IMG_1.jpg
    linli: 🧾 工单 #1 · 投诉 · 已接单
        📍 3号楼2单元502室
        🧭 噪音
        📝 隔壁装修半夜还在敲，门牌3-2-502
        👤 3-2-501 王芳
        📷 1 张照片
        🛠 前台小刘
        👉 要补充，直接在这里说。物业接单点 🙋，办好点 ✅；报修人没问题点 👍，没办好点 🔁，不用了点 ❌。
        [🙋❌🚗🔧✅]
    前台: 您好，几点开始的？
    王芳: 十一点
    前台: !认领
    linli!: 3-2-501 王芳，工单 #1 由前台小刘接单了，请留意消息。
    == staff
    linli: 🧾 工单 #1 · 投诉 · 已接单
        📍 3号楼2单元502室
        🧭 噪音 · P2 一般
        📝 隔壁装修半夜还在敲，门牌3-2-502
        👤 3-2-501 王芳
        📷 1 张照片
        🛠 前台小刘
        👉 出发点 🚗，开始处理点 🔧，办好点 ✅。照片请回复本卡片发。
        [🙋🔒🚗🔧✅]
    linli!: 🤫 前台小刘，投诉 #1 是在群里说的：请点 🔒 转到单独的房间，或私下联系本人，别在群里争。
    linli: 🚯 广告 1：3-2-501 王芳 · 1 条 · 没有处理，请看一眼
        “IMG_1.jpg”
        依据：读起来像广告；新人发的图片（0.40 分）
        是广告吗？点 ✅ 是（删除并禁言），❌ 不是（这段话以后放行），⛔ 封禁。
        [✅❌⛔]
    linli: IMG_1.jpg
    linli: 🔒 3-2-501 王芳 把工单 #1 转到了单独的房间，已邀请前台、经理和接单的人。请到那里和报修人说，别在群里提。
    linli!: 前台小刘，工单 #1 归你了（3号楼2单元502室）。办好后在卡片上点 ✅。
    ");
    assert_eq!(
        ["王芳", "前台", "经理", "王师傅"].map(|name| standing(&stage, name)),
        ["join", "join", "invite", "nothing"]
    );
}

#[test]
fn the_room_is_closed_after_the_ticket_and_opens_again_with_it() {
    let mut stage = Stage::new();
    stage.play(
        "
        王芳@3: #投诉 隔壁装修半夜还在敲
        王芳@3 taps 🔒 on #1
        王芳@own-1 enters
        前台@own-1 enters
        前台@own-1: !认领
        前台@own-1: !完成 1 已和装修队谈好
        王芳@own-1 taps 👍 on #1
        ",
    );
    assert_eq!(name_of_own_room(&stage), "");
    assert!(stage.server.may_post(&own_room("1"), &account("王芳")));
    stage.play("+71h");
    assert!(stage.server.may_post(&own_room("1"), &account("王芳")));
    stage.play("+2h");
    assert_eq!(name_of_own_room(&stage), "\"🗄 投诉 #1 · 和谐花园\"");
    assert!(!stage.server.may_post(&own_room("1"), &account("王芳")));
    assert_eq!(standing(&stage, "前台"), "join");
    stage.play("+720h");
    assert_eq!(standing(&stage, "前台"), "leave");
    assert_eq!(standing(&stage, "经理"), "leave");
    assert_eq!(standing(&stage, "王芳"), "join");
    stage.play("王芳@own-1 taps 🔁 on #1");
    assert_eq!(name_of_own_room(&stage), "\"🔒 投诉 #1 · 和谐花园\"");
    assert!(stage.server.may_post(&own_room("1"), &account("王芳")));
    assert_eq!(standing(&stage, "前台"), "invite");
    insta::assert_snapshot!(stage.show("own-1"), @"
    == own-1
    linli: 🔒 工单 #1 从3号楼群搬到了这里，这里只有您和物业：前台、经理和接单的师傅。要说什么、要补照片，直接发在这里就行。之前说的：
        03-02 08:00 3-2-501 王芳：#投诉 隔壁装修半夜还在敲
    linli: 🧾 工单 #1 · 投诉 · 重新打开
        📍 3号楼2单元501室
        🧭 噪音
        📝 隔壁装修半夜还在敲
        👤 3-2-501 王芳
        🛠 前台小刘
        👉 要补充，直接在这里说。物业接单点 🙋，办好点 ✅；报修人没问题点 👍，没办好点 🔁，不用了点 ❌。
        [🙋❌🚗🔧✅👍🔁]
    前台: !认领
    linli!: 3-2-501 王芳，工单 #1 由前台小刘接单了，请留意消息。
    前台: !完成 1 已和装修队谈好
    linli!: 3-2-501 王芳，前台小刘说工单 #1 办好了（已和装修队谈好）。没问题请点 👍，没办好请点 🔁。
    linli: 工单 #1 已办结，谢谢您的确认。这次办得怎么样？在这条消息上点 1️⃣（差）到 5️⃣（好），也可以回复说一句。
        [1️⃣2️⃣3️⃣4️⃣5️⃣]
    linli: 3-2-501 王芳，工单 #1 办得怎么样？在上面那条消息上点一下 1️⃣ 到 5️⃣ 就好，不会再问了。
    linli: 🗄 工单 #1 已经结束，这个房间不再写新的内容，以前的都还在。问题又出现了？点卡片上的 🔁，房间就会重新打开。
    linli: 工单 #1 重新打开了，马上请师傅再来看。
    ");
}

#[test]
fn staff_move_it_too_and_their_worker_is_asked_in() {
    let mut stage = Stage::new();
    stage.play(
        "
        Smith@3: #repair my toilet leaks, and please mind my illness
        A = Smith@3 shows: the toilet
        王师傅@staff taps 🙋 on #1
        王师傅@staff taps 🔒 on #1
        Smith@own-1 enters
        王师傅@own-1 enters
        Smith@own-1: come after four please
        Smith@own-1 shows: the valve
        王师傅@staff: !assign 1 @张师傅
        张师傅@staff: !wait 1 which floor?
        Smith@own-1: the fifth
        ",
    );
    assert_eq!(
        ["Smith", "王师傅", "张师傅", "前台"].map(|name| standing(&stage, name)),
        ["join", "join", "invite", "invite"]
    );
    insta::assert_snapshot!(stage.show("3 own-1"), @"
    == 3
    Smith: (redacted)
    linli: (redacted)
    Smith: (redacted)
    linli: (redacted)
    linli: 🔒 #1 goes on in private, by 王师傅; its words are no longer shown here. Its reporter gets an invitation to a room of their own: accept it, and all words and photos are there.
    == own-1
    linli: 🔒 Ticket #1 has moved here from the room of building 3. Here are only you and the property service: the desk, the managers and whoever sees to it. Whatever you have to say or to show, just post it here. What was said before:
          03-02 08:00 smith: #repair my toilet leaks, and please mind my illness
    linli: IMG_1.jpg
    linli: 🧾 Ticket #1 · repair · in progress
        📍 Building 3 · toilet
        🧭 plumbing
        📝 my toilet leaks, and please mind my illness
        👤 smith
        📷 2 photo(s)
        🛠 张师傅
        👉 To add something, just write here. Staff: 🙋 takes it, ✅ when it is done. Reporter: 👍 if all is well, 🔁 if not, ❌ to cancel it.
        [🚗🔧✅❓📦]
    Smith: come after four please
    Smith: the valve
    linli!: smith, 张师傅 sees to ticket #1 now. Please watch for messages.
    linli!: smith, 张师傅 needs a word from you about ticket #1 (which floor?). Please reply to this message; until then the ticket waits.
    Smith: the fifth
    linli: Your answer on ticket #1 has been passed on.
    ");
}

#[test]
fn what_is_no_one_persons_cannot_be_taken_apart() {
    let mut stage = Stage::new();
    stage.play(
        "
        王芳@3: #报修 2单元楼道灯不亮
        李明@3 taps 🔒 on #1
        李明@3: #报修 2单元楼道灯坏了
        王芳@3 taps 🔒 on #1
        前台@staff: #报修 值班室的灯坏了
        前台@staff: !私密 2
        王芳@3: !取消 1
        王芳@3: !私密 1
        ",
    );
    assert!(!stage.server.rooms.contains_key(&own_room("1")));
    assert!(!stage.server.rooms.contains_key(&own_room("2")));
    insta::assert_snapshot!(stage.show("3 staff"), @"
    == 3
    王芳: #报修 2单元楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元 · 楼道
        🧭 电气 · 公共部位
        📝 2单元楼道灯坏了
        👤 3-1-302 李明
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli: 3-1-302 李明，这一步请工单 #1 的报修人来点。
    李明: #报修 2单元楼道灯坏了
    linli: 3-1-302 李明，这件事已经有人报过：工单 #1（3号楼2单元 · 楼道，待接单）。您的也记上了，有进展一起告诉您。不是同一件事，请点 🆕。
        [🆕]
    linli: 3-2-501 王芳，工单 #1 还有别的邻居也报了，转不了私下处理。
    王芳: !取消 1
    linli!: 3-1-302 李明，工单 #1 原来的报修人不再跟进，您也报过，接着给您办。
    王芳: !私密 1
    linli: 3-2-501 王芳，这一步请工单 #1 的报修人来点。
    == staff
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元 · 楼道
        🧭 电气 · P2 一般 · 公共部位
        📝 2单元楼道灯坏了
        👤 3-1-302 李明
        👉 点 🙋 接单。
        [🙋]
    前台: #报修 值班室的灯坏了
    linli: 🧾 工单 #2 · 报修 · 待接单
        🧭 电气 · P2 一般
        📝 值班室的灯坏了
        👤 前台小刘
        👉 物业点 🙋 接单。要补充，请回复本卡片。
        [🙋❌]
    前台: !私密 2
    linli: 前台小刘，工单 #2 本来就只有物业看得到。
    ");
}

#[test]
fn another_report_in_it_keeps_the_room_open() {
    let mut stage = Stage::new();
    stage.play(
        "
        王芳@3: #投诉 保洁态度差
        王芳@3 taps 🔒 on #1
        王芳@own-1 enters
        王芳@own-1: 谢谢
        王芳@own-1: #报修 家里厨房漏水
        前台@own-1 enters
        前台@own-1: !认领 1
        前台@own-1: !完成 1
        王芳@own-1 taps 👍 on #1
        王师傅@staff taps 🙋 on #2
        +100h
        ",
    );
    assert!(stage.server.may_post(&own_room("1"), &account("王芳")));
    stage.play("王师傅@staff taps ✅ on #2\n王芳@own-1: !确认 2\n+100h");
    assert!(!stage.server.may_post(&own_room("1"), &account("王芳")));
}

#[test]
fn where_no_room_can_be_made_nothing_is_lost_and_nothing_shown() {
    let mut stage = Stage::new();
    stage
        .server
        .weather
        .refusing
        .insert(RoomId::from("~hexie//tickets/1"));
    stage.play(
        "
        王芳@3: #投诉 保洁态度差
        王芳@3 taps 🔒 on #1
        前台@staff: !done 1
        ",
    );
    insta::assert_snapshot!(stage.show("3 staff"), @"
    == 3
    王芳: (redacted)
    linli: (redacted)
    linli: (redacted)
    linli: 🔒 #1 转为私下处理，群里不再显示内容。报修人会收到单独房间的邀请，点“接受”就能接着说，之前的话和照片都在里面。
    linli: 🧾 工单 #1 · 投诉 · 待接单
        📍 3号楼
        🔒 内容仅报修人和物业可见
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    == staff
    linli: 🧾 工单 #1 · 投诉 · 待接单
        📍 3号楼
        🧭 保洁 · P2 一般 · 公共部位
        📝 保洁态度差
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        [🙋🔒]
    linli!: 🤫 前台小刘，投诉 #1 是在群里说的：请点 🔒 转到单独的房间，或私下联系本人，别在群里争。
    linli: 🔒 3-2-501 王芳 把工单 #1 转到了单独的房间，已邀请前台、经理和接单的人。请到那里和报修人说，别在群里提。
    linli: ⚠️ 工单 #1 的单独房间没有建成（服务器不允许）。内容已从群里撤下，请私下联系报修人。
    前台: !done 1
    linli: 前台小刘，工单 #1 还没人接单，请先点 🙋。
    ");
    stage.server.weather.refusing.clear();
    stage.play("王芳@3: !私密 1\n王芳@own-1 enters\n王芳@own-1 taps 👍 on #1");
    insta::assert_snapshot!(stage.show("own-1"), @"
    == own-1
    linli: 🔒 工单 #1 从3号楼群搬到了这里，这里只有您和物业：前台、经理和接单的师傅。要说什么、要补照片，直接发在这里就行。之前说的：
        03-02 08:00 3-2-501 王芳：#投诉 保洁态度差
    linli: 🧾 工单 #1 · 投诉 · 待接单
        📍 3号楼
        🧭 保洁 · 公共部位
        📝 保洁态度差
        👤 3-2-501 王芳
        👉 要补充，直接在这里说。物业接单点 🙋，办好点 ✅；报修人没问题点 👍，没办好点 🔁，不用了点 ❌。
        [🙋❌]
    ");
}

/// What people see of the room in the end, whatever was killed when.
#[test]
fn a_kill_between_any_two_steps_makes_one_room_and_says_nothing_twice() {
    const STEPS: [&str; 12] = [
        "王芳@3: #投诉 隔壁装修半夜还在敲",
        "A = 王芳@3 shows",
        "王芳@3 taps 🔒 on #1",
        "王芳@own-1 enters",
        "前台@own-1 enters",
        "前台@own-1: 几点开始的？",
        "王芳@own-1: 十一点",
        "前台@staff taps 🙋 on #1",
        "前台@own-1: !完成",
        "王芳@own-1 taps 👍 on #1",
        "+75h",
        "王芳@own-1 taps 🔁 on #1",
    ];
    let played = |dies_after: Option<usize>| {
        let mut stage = Stage::new();
        stage.robot.dies_after = dies_after.map(|step| stage.robot.steps + step);
        let begun = stage.robot.steps;
        for step in STEPS {
            stage.play(step);
        }
        (
            stage.show("3 own-1 staff"),
            stage.robot.steps - begun,
            stage,
        )
    };
    let (whole, steps, _) = played(None);
    assert!(steps > 200, "{steps}");
    for step in 1..=steps {
        let (shown, _, stage) = played(Some(step));
        assert_eq!(stage.robot.crashes, 1, "step {step}");
        assert_eq!(shown, whole, "killed after step {step}");
        let rooms = stage.server.rooms.keys();
        let own = rooms.filter(|room| room.as_str().starts_with("!own-"));
        assert_eq!(own.count(), 1, "step {step}");
        assert!(
            ["王芳", "前台"]
                .iter()
                .all(|name| standing(&stage, name) == "join")
        );
    }
}
