//! Anonymous reports, and other words to linli in private.

use linli::{
    domain::{
        ids::UserId,
        record::{Key, Record as _, View as _},
        seal::Seal,
    },
    features::{self, tickets::ticket::Ticket},
    store::Store as _,
};
use secrecy::SecretString;
use serde_json::json;

use super::script::{Stage, account};
use crate::fake::{estate, power::talk_room};

fn seal(secret: &str) -> Option<Seal> {
    Seal::of(&SecretString::from(secret.repeat(32)))
}

/// A stage with this section for tickets, where 王芳 has asked linli for a talk, and 李明 too.
fn stage_with(section: serde_json::Value, secret: Option<&'static str>) -> Stage {
    let mut stage = Stage::on(estate::homeserver(), move || {
        let mut world = estate::world_set(features::ALL, "tickets", &section);
        world.settings.seal = secret.and_then(seal);
        world
    });
    for name in ["王芳", "李明"] {
        ask_for_talk(&mut stage, name);
    }
    stage
}

pub fn stage() -> Stage {
    stage_with(json!({}), Some("k"))
}

fn ask_for_talk(stage: &mut Stage, name: &str) {
    let user = account(name);
    let talk = talk_room(&user);
    let shown = stage.server.usual_name(&user);
    stage.server.create(&talk);
    stage.server.join(&talk, &user, &shown);
    stage.server.set_power(&talk, &user, 100);
    let bot = stage.server.bot.clone();
    // As in a `trusted_private_chat`.
    stage.server.set_power(&talk, &bot, 100);
    stage.server.treat(&talk, &user, &bot, "invite", "");
    stage.robot.settle_down(&mut stage.server);
}

/// A whole conversation, with everything that its reporter can do.
const CONVERSATION: &str = "
    B = 王芳@talk shows
    A = 王芳@talk: 匿名投诉：保安半夜在岗亭打牌，没人看门
    王芳@talk: 昨晚一点左右
    王芳@talk shows: 监控室的窗户
    前台@staff taps 🙋 on #1
    前台@staff: !回复 1 是东门还是西门？
    C = 王芳@talk: 东们
    王芳@talk edits C: 东门
    前台@staff: !等回复 1 有几个人？
    王芳@talk replies to #1: 三个
    王芳@talk: 进度怎么样了
    D = 王芳@talk: 说错了的一句
    王芳@talk redacts D
    前台@staff taps ✅ on #1
    王芳@talk taps 👍 on #1
    王芳@talk untaps 👍 on #1
    王芳@talk: !重开 1
    王芳@talk: !我的
    前台@staff taps ✅ on #1
    王芳@talk taps 👍 on #1
    王芳@talk: !评价 1 5
";

#[test]
fn a_whole_conversation_goes_through_linli() {
    let mut stage = stage();
    stage.play(CONVERSATION);
    insta::assert_snapshot!(stage.show("talk-wangfang staff"), @"
    == talk-wangfang
    王芳: IMG_1.jpg
    王芳: 匿名投诉：保安半夜在岗亭打牌，没人看门
    linli: 🧾 工单 #1 · 投诉 · 已办结
        📍 岗亭
        🧭 安保 · 公共部位
        📝 匿名投诉：保安半夜在岗亭打牌，没人看门
        👤 匿名住户
        🕶 匿名：物业看不到您是谁，我只在这里转达。要补充，直接在这里写。
        📷 2 张照片
        🛠 前台小刘
        ⭐ 5/5 分
        👉 已办结，谢谢大家。
        [❌👍🔁]
    linli: 您好，投诉 #1 由前台小刘负责了解，3月3日 08:00 前答复您。
    王芳: 昨晚一点左右
    linli: ✓ 已转给物业。
    王芳: 监控室的窗户
    linli: ✓ 已转给物业。
    linli: 您好，工单 #1 由前台小刘接单了，请留意消息。
    linli: 您好，前台小刘答复工单 #1：是东门还是西门？
    王芳: 东门
    linli: ✓ 已转给物业。
    linli: 您好，工单 #1 要等您一句话，前台小刘才能接着办（有几个人？）。请回复这条消息。
    王芳: 三个
    linli: 工单 #1 收到您的回复，已转给师傅。
    王芳: 进度怎么样了
    linli: 未办工单 1 张：
        🧾 工单 #1 · 投诉 · 处理中 匿名投诉：保安半夜在岗亭打牌，没人看门 🛠 前台小刘（0 分钟）
    王芳: (redacted)
    linli: ✓ 已转给物业。
    linli: 您好，前台小刘说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    linli: 工单 #1 已办结，谢谢您的确认。这次办得怎么样？在这条消息上点 1️⃣（差）到 5️⃣（好），也可以回复说一句。
        [1️⃣2️⃣3️⃣4️⃣5️⃣]
    王芳: !重开 1
    linli: 工单 #1 重新打开了，马上请师傅再来看。
    王芳: !我的
    linli: 未办工单 1 张：
        🧾 工单 #1 · 投诉 · 重新打开  🛠 前台小刘（0 分钟）
    linli: 您好，前台小刘说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    linli: 工单 #1 已办结，谢谢您的确认。
    王芳: !评价 1 5
    linli: 谢谢，工单 #1 您给了 5 分（满分5分）。
    == staff
    linli: 🧾 工单 #1 · 投诉 · 已办结
        📍 岗亭
        🧭 安保 · P2 一般 · 公共部位
        📝 匿名投诉：保安半夜在岗亭打牌，没人看门
        👤 匿名住户
        🕶 匿名：由我转达，答复请发 !回复 1 …
        📷 2 张照片
        🛠 前台小刘
        ⭐ 5/5 分
        👉 已办结，谢谢大家。
        [🙋🚗🔧✅❓📦]
    linli: IMG_1.jpg
    linli!: 🤫 前台小刘，匿名投诉 #1：是谁写的谁也看不到，我也不会说。要问话、要答复，用 !回复 1 …，对方的回答我会转到这里。
    linli!: 前台小刘，匿名住户回复了工单 #1：昨晚一点左右
    linli!: 前台小刘，匿名住户回复了工单 #1：监控室的窗户
    linli: IMG_1.jpg
    linli!: 前台小刘，工单 #1 归你了（岗亭）。办好后在卡片上点 ✅。
    前台: !回复 1 是东门还是西门？
    linli: ✓ 已转告报修人。
    linli: 前台小刘，匿名住户回复了工单 #1：东门
    前台: !等回复 1 有几个人？
    linli!: 前台小刘，匿名住户回复了工单 #1：三个
    linli: (redacted)
    linli!: 👍 匿名住户确认工单 #1 办结，辛苦了。
    linli!: 前台小刘，工单 #1 没办好，匿名住户重新打开了。请再去看看。
    linli!: 👍 匿名住户确认工单 #1 办结，辛苦了。
    ");
}

/// Everything in the store, key and value.
fn records(stage: &Stage) -> Vec<(String, String)> {
    let state = stage.robot.kept.state();
    let all = state
        .memory
        .scan("", None, usize::MAX)
        .expect("memory does not fail");
    all.into_iter()
        .map(|(key, value)| (key.as_str().to_owned(), value))
        .collect()
}

#[test]
fn nothing_joins_the_ticket_and_its_reporter_but_what_is_sealed() {
    let mut stage = stage();
    let begun = stage.server.events.len();
    stage.play(CONVERSATION);
    let user = account("王芳");
    let talk = talk_room(&user);
    let timeline = &stage.server.rooms[&talk].timeline;
    let events = timeline.iter().map(|place| &stage.server.events[*place]);
    let sent = events.filter(|event| event.sender == user);
    let sent: Vec<String> = sent.map(|event| event.id.as_str().to_owned()).collect();
    assert!(sent.len() > 15);
    let mut persons: Vec<&str> = vec!["wangfang", "王芳", "3-2-501", talk.as_str()];
    persons.extend(sent.iter().map(String::as_str));
    let words = [
        "打牌",
        "东门",
        "三个",
        "说错",
        "监控室",
        "昨晚",
        "tickets/1",
        "\"id\":\"1\"",
        "mxc://",
    ];
    let mut about_tickets = 0;
    for (key, value) in records(&stage) {
        let whole = format!("{key} {value}");
        let is_of_tickets = [
            "ticket", "history", "said", "open", "told", "hidden", "author", "recent",
        ]
        .iter()
        .any(|kind| key.starts_with(&format!("hexie/{kind}/")));
        let tells = words.iter().any(|word| whole.contains(word));
        about_tickets += usize::from(is_of_tickets || tells);
        let names: Vec<&&str> = persons
            .iter()
            .filter(|person| whole.contains(**person))
            .collect();
        // Its own pictures of before are nobody's any more.
        let is_empty = value.contains("\"loose\":[]") && value.contains("\"report\":null");
        assert!(
            names.is_empty() || !(is_of_tickets || tells) || is_empty,
            "{names:?} in {whole}"
        );
    }
    assert!(about_tickets > 30, "{about_tickets}");
    let rows = stage.robot.kept.rows().expect("memory does not fail");
    assert!(rows.is_empty(), "{} rows", rows.len());
    // What staff can read, as it is sent, and not only as it is shown.
    for room in ["staff", "3", "2", "notice", "space"] {
        let timeline = &stage.server.rooms[&estate::room(room)].timeline;
        for place in timeline.iter().filter(|place| **place >= begun) {
            let event = &stage.server.events[*place];
            if event.sender == stage.server.bot {
                let sent = format!("{} {}", event.original, event.value);
                let names = persons.iter().find(|person| sent.contains(**person));
                assert_eq!(names, None, "in {room}: {sent}");
            }
        }
    }
    // With the key it can be found, or nobody could be answered.
    let found = Ticket::KIND;
    let key = Key::new("hexie", found, "00000001");
    let stored = stage
        .robot
        .kept
        .state()
        .memory
        .get(&key)
        .expect("memory")
        .expect("a ticket");
    let ticket: serde_json::Value = serde_json::from_str(&stored).expect("JSON");
    let reporter = ticket["d"]["reporter"]["user"]
        .as_str()
        .expect("a reporter")
        .to_owned();
    assert!(UserId::from(reporter).is_mark());
}

#[test]
fn what_cannot_be_anonymous_is_passed_on_to_nobody() {
    let mut stage = stage();
    stage.play(
        "
        王芳@3: 匿名投诉：保安态度差
        王芳@3: #投诉 匿名投诉保安态度差
        王芳@3: !匿名 保安态度差
        王芳@talk: !匿名
        王芳@talk: 匿名投诉：楼上漏水到我家3-2-501
        王芳@talk: 怎么匿名投诉
        李明@talk: Anonymous complaint: the guards sleep
        ",
    );
    insta::assert_snapshot!(stage.show("3 talk-wangfang talk-liming"), @r"
    == 3
    王芳: 匿名投诉：保安态度差
    王芳: #投诉 匿名投诉保安态度差
    linli: 🧾 工单 #1 · 投诉 · 待接单
        📍 3号楼
        🔒 内容仅报修人和物业可见
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 报修人，投诉 #1 由前台小刘负责了解，3月3日 08:00 前答复您。群里说的大家都看得见，就不是匿名了：可以点卡片上的 🔒 转到只有您和物业的房间；要匿名，请私聊我写“匿名投诉：……”。
    王芳: !匿名 保安态度差
    linli: 这里大家都看得见。要匿名，请私聊我：点我的头像发消息，写“匿名投诉：……”。
    == talk-wangfang
    王芳: !匿名
    linli: 请把要说的写在后面：!匿名 保安半夜不在岗。先别写自己家的门牌。
    王芳: 匿名投诉：楼上漏水到我家3-2-501
    linli: 您写了自己家的门牌或名字，物业一看就知道是您。刚才的没有转给任何人，请去掉再发一次。
    王芳: 怎么匿名投诉
    linli: 和谐花园的邻里管家，能做这些：
        报修：发“#报修 3号楼2单元楼道灯不亮”，照片跟着发就行。也可以用 #投诉 #建议 #咨询 #紧急 #缴费，或者 @我。
        每一步我都会告诉您。办好后点 👍 确认，没办好点 🔁。改了消息，工单跟着改；撤回消息，工单就取消。
        邻里帮：发“#寻宠 橘猫，昨晚在5号楼走丢”，也可以用 #招领 #送 #换 #卖 #求购 #借 #拼车 #问 #推荐 #活动搭子。我来编号、牵线、到时提醒，电话和门牌不会公开。
        !列表 送 — 邻里帮里还在的（寻宠、招领、送、拼车……）
        !附近 寻宠 — 同上，先看本楼的
        !我的帖子 — 我发的和我想要的
        !关注 婴儿床 — 有了就私下告诉您
        !取消关注 婴儿床 — 不再关注
        !打听 装修 — 邻居们推荐过的
        !统计邻里帮 2026-11 — 邻里帮的数字
        !署名 开 — 每月感谢热心邻居时可以写您的姓和楼号（关 就不写）
        !确认 12 — 报修人确认办结
        !重开 12 — 报修人重新打开
        !取消 12 — 报修人取消
        !私密 12 — 转为私下处理：只有报修人和物业的单独房间
        !匿名 保安半夜不在岗 — 私聊我匿名反映，物业看不到是谁
        !评价 12 5 — 评价：1（差）到 5（好）
        !地址 12 3-2-501 — 改地址
        !工单 12 — 看工单和经过
        !待办 — 未办的工单
        !我的 — 我报的和我接的
        !群规 — 看群规
        !帮助 — 显示这份说明（!帮助 en 显示英文）
        !原因 — 看自己的记录（私信）
    == talk-liming
    李明: Anonymous complaint: the guards sleep
    linli: 🧾 Ticket #2 · complaint · waiting for staff
        🧭 security · shared
        📝 Anonymous complaint: the guards sleep
        👤 a resident who stays unknown
        🕶 Anonymous: the property service cannot see who you are; I only pass things on. To add something, just write here.
        👉 You hear of each step. To add something, just write here; tap ❌ to cancel it.
        [❌]
    linli: Hello, 前台小刘 looks into complaint #2 and answers by 3 Mar 08:00.
    ");
    assert_eq!(stage.show("staff").matches("🕶").count(), 1);
}

#[test]
fn whoever_reports_too_often_is_limited_and_stays_unknown() {
    let mut stage = stage_with(json!({"anonymous": {"a_day": 2}}), Some("k"));
    stage.play(
        "
        王芳@talk: 匿名投诉：一
        王芳@talk: 匿名投诉：二
        王芳@talk: 匿名投诉：三
        +25h
        王芳@talk: 匿名投诉：四
        前台@staff: !限制匿名 2
        经理@staff: !限制匿名 2
        +48h
        王芳@talk: 匿名投诉：五
        王芳@talk: #投诉 五
        经理@staff: !限制匿名 2 解除
        王芳@talk: 匿名投诉：六
        经理@staff: !限制匿名 4
        ",
    );
    let talk = stage.show("talk-wangfang");
    let said: Vec<&str> = talk
        .lines()
        .filter(|line| line.starts_with("linli: 一天") || line.contains("匿名反映"))
        .collect();
    insta::assert_snapshot!(said.join("\n"), @"
    linli: 一天里匿名反映的次数到了，刚才写的没有转给任何人。请明天再写；急事请用“#报修 ……”。
    linli: 因为工单 #2，30 天内您不能再匿名反映。谁也不知道您是谁，写明身份的反映不受影响。
    linli: 您暂时不能匿名反映，刚才写的没有转给任何人。用“#投诉 ……”写明身份仍然可以。
    linli: 您又可以匿名反映了。
    ");
    let staff = stage.show("staff");
    let said: Vec<&str> = staff
        .lines()
        .filter(|line| line.contains("限制匿名") || line.contains("限制报修人"))
        .collect();
    insta::assert_snapshot!(said.join("\n"), @"
    前台: !限制匿名 2
    经理: !限制匿名 2
    linli: 工单 #2 的报修人 30 天内不能再匿名反映（是谁，谁也看不到）。撤销：!限制匿名 2 解除
    经理: !限制匿名 2 解除
    经理: !限制匿名 4
    linli: 只有匿名的工单才能限制报修人。
    ");
    assert_eq!(staff.matches("🕶").count(), 4);
}

#[test]
fn without_a_key_nobody_is_promised_anything() {
    let mut stage = stage_with(json!({}), None);
    stage.play("王芳@talk: 匿名投诉：保安态度差\n王芳@talk: #匿名 投诉保安");
    insta::assert_snapshot!(stage.show("talk-wangfang staff"), @"
    == talk-wangfang
    王芳: 匿名投诉：保安态度差
    linli: 这里还没有开通匿名反映，刚才写的没有转给任何人。不介意物业知道是您的话，写“#投诉 ……”即可。
    王芳: #匿名 投诉保安
    linli: 这里还没有开通匿名反映，刚才写的没有转给任何人。不介意物业知道是您的话，写“#投诉 ……”即可。
    == staff
    ");
}

#[test]
fn with_another_key_nobody_else_is_taken_for_the_reporter() {
    let mut stage = stage();
    stage.play("王芳@talk: 匿名投诉：保安态度差");
    stage.robot.serve_world(|| {
        let mut world = estate::world(features::ALL);
        world.settings.seal = seal("x");
        world
    });
    stage.robot.crash();
    stage.play(
        "前台@staff: !回复 1 您好\n王芳@talk: 在吗\n王芳@talk: !取消 1\n王芳@talk taps ❌ on #1",
    );
    insta::assert_snapshot!(stage.show("talk-wangfang staff"), @"
    == talk-wangfang
    王芳: 匿名投诉：保安态度差
    linli: 🧾 工单 #1 · 投诉 · 待接单
        🧭 安保 · 公共部位
        📝 匿名投诉：保安态度差
        👤 匿名住户
        🕶 匿名：物业看不到您是谁，我只在这里转达。要补充，直接在这里写。
        👉 有进展就告诉您。要补充，直接在这里写；不用了点 ❌。
        [❌]
    linli: 您好，投诉 #1 由前台小刘负责了解，3月3日 08:00 前答复您。
    王芳: 在吗
    王芳: !取消 1
    linli: 没有找到工单 #1。
    == staff
    linli: 🧾 工单 #1 · 投诉 · 待接单
        🧭 安保 · P2 一般 · 公共部位
        📝 匿名投诉：保安态度差
        👤 匿名住户
        🕶 匿名：由我转达，答复请发 !回复 1 …
        👉 点 🙋 接单。
        [🙋]
    linli!: 🤫 前台小刘，匿名投诉 #1：是谁写的谁也看不到，我也不会说。要问话、要答复，用 !回复 1 …，对方的回答我会转到这里。
    前台: !回复 1 您好
    linli: 工单 #1 的匿名报修人联系不上了：封存身份的密钥换过或没有配置。这句话没有转达。
    ");
}

#[test]
fn an_anonymous_word_is_no_appeal() {
    let mut stage = stage();
    stage.play(
        "
        管理员@3: !mute 王芳 1d 刷屏
        王芳@talk: 匿名投诉：管理员偏心
        王芳@talk: 昨天也是
        ",
    );
    let staff = stage.show("staff");
    assert!(staff.contains("匿名住户"), "{staff}");
    assert!(
        !staff.contains("申诉") && !staff.contains("501 王芳回复"),
        "{staff}"
    );
}

#[test]
fn a_neighbour_cannot_speak_for_the_reporter() {
    let mut stage = stage();
    stage.play("王芳@talk: 匿名投诉：保安态度差\n李明@talk: !取消 1\n李明@talk: !工单 1\n李明@3: !工单 1\n李明@talk: 进度怎么样");
    insta::assert_snapshot!(stage.show("talk-liming"), @"
    == talk-liming
    李明: !取消 1
    linli: 没有找到工单 #1。
    李明: !工单 1
    linli: 没有找到工单 #1。
    李明: 进度怎么样
    ");
}

#[test]
fn whoever_writes_to_linli_alone_need_no_tag() {
    let mut stage = stage();
    stage.play(
        "
        王芳@talk: 你好
        王芳@talk: 我家厨房水管漏水了
        王芳@talk: 是水槽下面
        王芳@talk shows
        王师傅@staff taps 🙋 on #1
        王师傅@staff: !回复 1 十点到
        王芳@talk: 好的
        +3h
        王芳@talk: 楼道灯也坏了
        李明@talk: my kitchen tap is broken
        ",
    );
    insta::assert_snapshot!(stage.show("talk-wangfang talk-liming staff"), @"
    == talk-wangfang
    王芳: 你好
    王芳: 我家厨房水管漏水了
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 3号楼2单元501室 · 厨房
        🧭 水暖
        📝 我家厨房水管漏水了
        👤 3-2-501 王芳
        📷 1 张照片
        🛠 王师傅
        👉 有进展就告诉您。要补充，直接在这里写；不用了点 ❌。
        [❌]
    王芳: 是水槽下面
    linli: ✓ 已转给物业。
    王芳: IMG_1.jpg
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli!: 3-2-501 王芳，王师傅答复工单 #1：十点到
    王芳: 好的
    王芳: 楼道灯也坏了
    linli: 🧾 工单 #2 · 报修 · 待接单
        📍 楼道
        🧭 电气 · 公共部位
        📝 楼道灯也坏了
        👤 3-2-501 王芳
        👉 有进展就告诉您。要补充，直接在这里写；不用了点 ❌。
        [❌]
    == talk-liming
    李明: my kitchen tap is broken
    linli: 🧾 Ticket #3 · repair · waiting for staff
        📍 Building 3, Unit 1, Home 302 · kitchen
        🧭 plumbing
        📝 my kitchen tap is broken
        👤 3-1-302 李明
        👉 You hear of each step. To add something, just write here; tap ❌ to cancel it.
        [❌]
    == staff
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 3号楼2单元501室 · 厨房
        🧭 水暖 · P2 一般
        📝 我家厨房水管漏水了
        👤 3-2-501 王芳
        📷 1 张照片
        🛠 王师傅
        👉 出发点 🚗，开始处理点 🔧，办好点 ✅。照片请回复本卡片发。
        [🙋🚗🔧✅]
    linli!: 前台小刘，3-2-501 王芳回复了工单 #1：是水槽下面
    linli: IMG_1.jpg
    linli!: 王师傅，工单 #1 归你了（3号楼2单元501室 · 厨房）。办好后在卡片上点 ✅。
    王师傅: !回复 1 十点到
    linli: ✓ 已转告报修人。
    linli: 🧾 工单 #2 · 报修 · 待接单
        📍 楼道
        🧭 电气 · P2 一般 · 公共部位
        📝 楼道灯也坏了
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        [🙋]
    linli: 🧾 工单 #3 · 报修 · 待接单
        📍 3号楼1单元302室 · kitchen
        🧭 水暖 · P2 一般
        📝 my kitchen tap is broken
        👤 3-1-302 李明
        👉 点 🙋 接单。
        [🙋]
    ");
}

#[test]
fn with_another_key_no_reply_tap_or_edit_names_anybody() {
    let mut stage = stage();
    stage.play("A = 王芳@talk: 匿名投诉：保安态度差");
    stage.robot.serve_world(|| {
        let mut world = estate::world(features::ALL);
        world.settings.seal = seal("x");
        world
    });
    stage.robot.crash();
    stage.play(
        "
        王芳@talk replies to #1: 昨天也是
        王芳@talk taps ❌ on #1
        王芳@talk taps 🔁 on #1
        王芳@talk edits A: #投诉 匿名投诉保安
        ",
    );
    for (key, value) in records(&stage) {
        let is_of = key.contains("/00000001");
        assert!(!is_of || !value.contains("wangfang"), "{key} {value}");
    }
    assert!(!stage.show("staff").contains("昨天也是"));
    assert!(stage.show("talk-wangfang").contains("认不出是不是您"));
}

#[test]
fn words_that_may_be_of_either_ticket_are_passed_on_to_nobody() {
    let mut stage = stage();
    stage.play(
        "
        王芳@talk: 匿名投诉：保安打牌
        王芳@talk: #报修 家里厨房漏水
        王芳@talk: 是李队长
        王芳@talk replies to #1: 是李队长那个班
        王芳@talk replies to #1: 我家3-2-501看得见
        李明@talk: 匿名投诉：楼道有人抽烟
        李明@talk: 着火了，有人被困在3-1-302
        李明@talk: #投诉 别的事
        B = 李明@talk: 再说一句
        李明@talk edits B: #投诉 匿名说
        ",
    );
    let staff = stage.show("staff");
    assert!(
        !staff.contains("是李队长\n") && staff.contains("是李队长那个班"),
        "{staff}"
    );
    assert!(!staff.contains("看得见"), "{staff}");
    assert!(staff.contains("可能有人有危险：“着火了"), "{staff}");
    assert!(!staff.contains("匿名说"), "{staff}");
}

#[test]
fn what_is_told_to_linli_alone_is_for_staff_alone() {
    let mut stage = stage();
    stage.play(
        "王芳@talk: 我家厨房水管漏水了\n李明@3: !工单 1\n李明@talk: !工单 1\n王芳@talk: !工单 1",
    );
    assert!(!stage.show("3 talk-liming").contains("水管"));
    assert!(stage.show("talk-wangfang").matches("水管").count() > 2);
}

#[test]
fn whoever_has_begun_another_talk_is_answered_there() {
    let mut stage = stage();
    stage.play("王芳@talk: 匿名投诉：保安打牌\n王芳@talk leaves\n前台@staff: !回复 1 请问几点？");
    let talk = talk_room(&account("王芳"));
    let standing = stage.server.standing(&talk, &account("王芳"));
    assert_eq!(standing.map(|standing| standing.membership), Some("invite"));
    assert!(stage.show("talk-wangfang").contains("请问几点"));
}
