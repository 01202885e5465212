//! The clocks: who is called when nobody answers or a promise is about to be broken, what stops them, and what does not
//! start them again.

use insta::assert_snapshot;
use linli::features;
use serde_json::{Value, json};

use super::script::Stage;
use crate::fake::estate;

const LEAK: &str = "A = 王芳@3: #报修 水龙头漏水";

/// The calls that the staff room hears in a script, each with its moment; with these settings of tickets.
fn calls_with(settings: &Value, script: &str) -> String {
    let settings = settings.clone();
    let mut stage = Stage::on(estate::homeserver(), move || {
        estate::world_set(features::ALL, "tickets", &settings)
    });
    calls_of(&mut stage, script)
}

fn calls(script: &str) -> String {
    calls_with(&json!({}), script)
}

/// Time goes on minute by minute, so that every call is heard in its moment.
fn calls_of(stage: &mut Stage, script: &str) -> String {
    let mut lines = Vec::new();
    let mut heard = 0;
    let mut play = |stage: &mut Stage, act: &str| {
        stage.play(act);
        let shown = stage.show("staff");
        let calls: Vec<&str> = shown
            .lines()
            .filter(|line| line.contains('⏰') || line.contains('↩'))
            .collect();
        let minutes = (stage.server.now.0 - estate::START_MS) / 60_000 + 8 * 60;
        let clock = format!(
            "{}d {:02}:{:02}",
            minutes / 1440,
            minutes / 60 % 24,
            minutes % 60
        );
        lines.extend(calls[heard..].iter().map(|call| format!("{clock} {call}")));
        heard = calls.len();
    };
    for line in script.lines().map(str::trim) {
        match line
            .strip_prefix('+')
            .and_then(|time| time.strip_suffix("m!"))
        {
            Some(minutes) => {
                for _ in 0..minutes.parse().expect("minutes") {
                    play(stage, "+1m");
                }
            }
            None => play(stage, line),
        }
    }
    assert!(stage.robot.quarantined.is_empty());
    lines.join("\n")
}

#[test]
fn nobody_answers_and_every_step_is_called_in_its_turn_and_then_no_more() {
    let script = format!("{LEAK}\n+300m!");
    assert_snapshot!(calls(&script), @"
    0d 08:09 linli!: ⏰ 张师傅，工单 #1 已等9分钟，还没人接（3号楼2单元501室），再过6分钟就超时。谁去，请点 🙋。
    0d 08:15 linli!: ⏰ 前台小刘，工单 #1 已等15分钟，还没人接（3号楼2单元501室），已经超时。谁去，请点 🙋。
    0d 08:30 linli!: ⏰ 林经理，工单 #1 已等30分钟，还没人接（3号楼2单元501室），已经超时。谁去，请点 🙋。
    0d 08:45 linli!: ⏰ 林经理，工单 #1 已等45分钟，还没人接（3号楼2单元501室），已经超时。谁去，请点 🙋。
    0d 09:00 linli!: ⏰ 林经理，工单 #1 已等1小时，还没人接（3号楼2单元501室），已经超时。谁去，请点 🙋。
    0d 09:15 linli!: ⏰ 林经理，工单 #1 已等1小时15分钟，还没人接（3号楼2单元501室），已经超时。谁去，请点 🙋。
    ");
}

#[test]
fn the_first_tap_stops_it_and_putting_it_back_begins_anew() {
    let script = format!(
        "{LEAK}
        +20m!
        张师傅@staff taps 🙋 on #1
        +40m!
        张师傅@staff untaps 🙋 on #1
        +20m!"
    );
    assert_snapshot!(calls(&script), @"
    0d 08:09 linli!: ⏰ 张师傅，工单 #1 已等9分钟，还没人接（3号楼2单元501室），再过6分钟就超时。谁去，请点 🙋。
    0d 08:15 linli!: ⏰ 前台小刘，工单 #1 已等15分钟，还没人接（3号楼2单元501室），已经超时。谁去，请点 🙋。
    0d 09:09 linli!: ⏰ 张师傅，工单 #1 已等9分钟，还没人接（3号楼2单元501室），再过6分钟就超时。谁去，请点 🙋。
    0d 09:15 linli!: ⏰ 前台小刘，工单 #1 已等15分钟，还没人接（3号楼2单元501室），已经超时。谁去，请点 🙋。
    ");
}

#[test]
fn a_word_of_staff_is_an_answer_and_one_of_residents_is_none() {
    let by_staff = format!(
        "{LEAK}\n王师傅@3 replies to #1: 马上有人来\n+10m!\n王芳@3 replies to #1: 还没来\n+120m!"
    );
    assert_eq!(calls(&by_staff), "");
    let by_residents = format!(
        "{LEAK}
        王芳@3 replies to #1: 急死了
        李明@3 in thread of #1: 我家也是
        +10m!"
    );
    assert_snapshot!(calls(&by_residents), @"0d 08:09 linli!: ⏰ 张师傅，工单 #1 已等9分钟，还没人接（3号楼2单元501室），再过6分钟就超时。谁去，请点 🙋。");
    let own = "王师傅@3: #报修 楼道灯不亮
        王师傅@3 replies to #1: 二楼那盏
        +10m!";
    assert_snapshot!(calls(own), @"0d 08:09 linli!: ⏰ 王师傅，工单 #1 已等9分钟，还没人接（3号楼 · 楼道），再过6分钟就超时。谁去，请点 🙋。");
}

#[test]
fn a_claim_that_nothing_follows_goes_back_after_a_warning() {
    let script = format!("{LEAK}\n张师傅@staff taps 🙋 on #1\n+1500m!\n王师傅@staff taps 🙋 on #1");
    let mut stage = Stage::new();
    assert_snapshot!(calls_of(&mut stage, &script), @"
    0d 15:12 linli!: ⏰ 张师傅，工单 #1（3号楼2单元501室）接单7小时12分钟了，还没有动静。出发点 🚗，开始点 🔧；要晚些，回复 !预计 明天上午。再过17小时没有动静，就请别人接。
    1d 08:00 linli!: ⏰ 张师傅，工单 #1（3号楼2单元501室）过了答应办好的时间1分钟。办好点 ✅；还要时间，回复 !预计 明天上午，我告诉报修人。
    1d 08:00 linli!: ↩️ 张师傅，工单 #1 接单后一直没有动静，放回来了。谁去，请点 🙋。
    1d 08:09 linli!: ⏰ 张师傅，工单 #1 已等9分钟，还没人接（3号楼2单元501室），再过6分钟就超时。谁去，请点 🙋。
    1d 08:15 linli!: ⏰ 前台小刘，工单 #1 已等15分钟，还没人接（3号楼2单元501室），已经超时。谁去，请点 🙋。
    1d 08:30 linli!: ⏰ 林经理，工单 #1 已等30分钟，还没人接（3号楼2单元501室），已经超时。谁去，请点 🙋。
    1d 08:45 linli!: ⏰ 林经理，工单 #1 已等45分钟，还没人接（3号楼2单元501室），已经超时。谁去，请点 🙋。
    1d 09:00 linli!: ⏰ 林经理，工单 #1 已等1小时，还没人接（3号楼2单元501室），已经超时。谁去，请点 🙋。
    ");
    assert_snapshot!(stage.show("3"), @"
    == 3
    王芳: #报修 水龙头漏水
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 3号楼2单元
        🧭 水暖
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 王师傅
        👉 有进展就告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 3-2-501 王芳，工单 #1 由张师傅接单了，请留意消息。
    linli: 工单 #1 要换一位师傅，正在重新派人。
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    ");
}

#[test]
fn whoever_begins_or_says_something_keeps_a_claim() {
    for act in [
        "张师傅@staff taps 🚗 on #1",
        "张师傅@staff replies to #1: 下午去",
    ] {
        let script = format!("{LEAK}\n张师傅@staff taps 🙋 on #1\n+420m!\n{act}\n+300m!");
        assert_eq!(calls(&script), "", "{act}");
    }
}

#[test]
fn what_was_promised_to_be_done_is_called_for_step_by_step_and_not_at_night() {
    let script = format!("{LEAK}\n张师傅@staff taps 🙋 on #1\n张师傅@staff taps 🔧 on #1\n+3000m!");
    assert_snapshot!(calls(&script), @"
    1d 08:00 linli!: ⏰ 张师傅，工单 #1（3号楼2单元501室）过了答应办好的时间1分钟。办好点 ✅；还要时间，回复 !预计 明天上午，我告诉报修人。
    1d 17:36 linli!: ⏰ 张师傅，工单 #1（3号楼2单元501室）过了答应办好的时间9小时36分钟。办好点 ✅；还要时间，回复 !预计 明天上午，我告诉报修人。
    2d 09:36 linli!: ⏰ 前台小刘，工单 #1（3号楼2单元501室）过了答应办好的时间1天2小时。办好点 ✅；还要时间，回复 !预计 明天上午，我告诉报修人。
    ");
}

#[test]
fn a_ticket_that_waits_stands_still_to_the_minute() {
    let settings = json!({"targets": [{"resolve": "60m", "answer": "never", "claim": "never"}]});
    let script = format!(
        "{LEAK}
        张师傅@staff: !claim 1
        张师傅@staff: !start 1
        +30m!
        张师傅@staff: !wait 1 几点在家？
        +200m!
        王芳@3 replies to #1: 现在
        +31m!"
    );
    assert_snapshot!(calls_with(&settings, &script), @"
    0d 11:56 linli!: ⏰ 张师傅，工单 #1（3号楼2单元501室）再过24分钟就到答应办好的时间。办好点 ✅；来不及，回复 !预计 明天上午，我告诉报修人。
    0d 12:20 linli!: ⏰ 张师傅，工单 #1（3号楼2单元501室）过了答应办好的时间1分钟。办好点 ✅；还要时间，回复 !预计 明天上午，我告诉报修人。
    ");
    // Whatever residents say while it waits for material starts nothing.
    let script = format!(
        "{LEAK}
        张师傅@staff: !claim 1
        张师傅@staff: !start 1
        +30m!
        张师傅@staff: !material 1 阀芯
        王芳@3 replies to #1: 什么时候到？
        +600m!"
    );
    assert_eq!(calls_with(&settings, &script), "");
}

#[test]
fn what_is_done_or_cancelled_or_declined_is_called_for_no_more() {
    for act in [
        "张师傅@staff: !claim 1\n张师傅@staff: !done 1",
        "王芳@3 taps ❌ on #1",
        "张师傅@staff: !decline 1 不归物业",
    ] {
        let script = format!("{LEAK}\n{act}\n+3000m!\n王芳@3 replies to #1: 谢谢\n+60m!");
        assert_eq!(calls(&script), "", "{act}");
    }
}

#[test]
fn what_is_opened_again_calls_first_who_had_it() {
    let script = format!(
        "{LEAK}
        张师傅@staff: !claim 1
        张师傅@staff: !done 1
        +60m!
        王芳@3 taps 🔁 on #1
        +20m!"
    );
    assert_snapshot!(calls(&script), @"
    0d 09:09 linli!: ⏰ 张师傅，工单 #1 已等9分钟，还没人接（3号楼2单元501室），再过6分钟就超时。谁去，请点 🙋。
    0d 09:15 linli!: ⏰ 张师傅，工单 #1 已等15分钟，还没人接（3号楼2单元501室），已经超时。谁去，请点 🙋。
    ");
}

#[test]
fn another_urgency_or_category_keeps_the_clock() {
    let script = format!("{LEAK}\n+5m!\n王师傅@staff: !category 1 complaint\n+5m!");
    assert_snapshot!(calls(&script), @"0d 08:09 linli!: ⏰ 张师傅，工单 #1 已等9分钟，还没人接（3号楼2单元501室），再过6分钟就超时。谁去，请点 🙋。");
    let later = "A = 王芳@3: #建议 楼下放个长椅
        +120m!
        王师傅@staff: !urgent 1 P2
        +5m!";
    assert_snapshot!(calls(later), @"0d 10:00 linli!: ⏰ 前台小刘，工单 #1 已等2小时，还没人接（3号楼），已经超时。谁去，请点 🙋。");
}

#[test]
fn round_the_clock_is_not_at_midnight() {
    let settings = json!({"targets": [{"answer": "15m"}]});
    let script = format!("+13h\n+50m\n{LEAK}\n+660m!");
    assert_snapshot!(calls_with(&settings, &script), @"
    0d 21:59 linli!: ⏰ 林经理，工单 #1 已等9分钟，还没人接（3号楼2单元501室），再过6分钟就超时。现在没有水暖师傅在班。谁去，请点 🙋。
    1d 08:00 linli!: ⏰ 前台小刘，工单 #1 已等10小时，还没人接（3号楼2单元501室），已经超时。谁去，请点 🙋。
    1d 08:15 linli!: ⏰ 林经理，工单 #1 已等10小时，还没人接（3号楼2单元501室），已经超时。谁去，请点 🙋。
    1d 08:30 linli!: ⏰ 林经理，工单 #1 已等11小时，还没人接（3号楼2单元501室），已经超时。谁去，请点 🙋。
    1d 08:45 linli!: ⏰ 林经理，工单 #1 已等11小时，还没人接（3号楼2单元501室），已经超时。谁去，请点 🙋。
    ");
}

#[test]
fn who_stands_in_for_one_of_the_trade_is_called() {
    let mut stage = Stage::on(estate::homeserver(), || {
        let world = estate::world(features::ALL);
        estate::with_duty(world, "zhang", "Mo-Fr 14:00-20:00", "zhou")
    });
    let script = format!("{LEAK}\n+10m!");
    assert_snapshot!(calls_of(&mut stage, &script), @"0d 08:09 linli!: ⏰ 管理员老周，工单 #1 已等9分钟，还没人接（3号楼2单元501室），再过6分钟就超时。谁去，请点 🙋。");
}

#[test]
fn a_time_that_is_named_is_told_shown_and_asked_about() {
    let script = format!(
        "{LEAK}
        张师傅@staff taps 🙋 on #1
        张师傅@staff: !eta 1 今天下午3点到5点
        +600m!
        张师傅@staff: !预计 1 明天上午
        +60m!
        张师傅@staff: !eta 1 看情况
        王师傅@staff: !eta 1 明天
        张师傅@staff: !eta 1 半小时
        李明@3: !eta 1 明天
        王芳@3: !ticket 1"
    );
    let mut stage = Stage::new();
    assert_snapshot!(calls_of(&mut stage, &script), @"0d 17:00 linli!: ⏰ 张师傅，工单 #1（3号楼2单元501室）说好的时间（3月2日 15:00–17:00）到了。办好点 ✅；还要时间，回复 !预计 明天上午，我告诉报修人。");
    assert_snapshot!(stage.show("3 staff"), @"
    == 3
    王芳: #报修 水龙头漏水
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 3号楼2单元
        🧭 水暖
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 张师傅
        🕒 预计 3月2日 19:30
        👉 有进展就告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 3-2-501 王芳，工单 #1 由张师傅接单了，请留意消息。
    linli!: 3-2-501 王芳，工单 #1 预计 3月2日 15:00–17:00来办。
    linli!: 3-2-501 王芳，工单 #1 预计 3月3日 08:00–12:00来办。
    linli!: 3-2-501 王芳，工单 #1 预计 3月2日 19:30来办。
    李明: !eta 1 明天
    linli: 3-1-302 李明，这个命令只有物业能用。
    王芳: !ticket 1
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 3号楼2单元
        🧭 水暖
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 张师傅
        🕒 预计 3月2日 19:30
        👉 有进展就告诉您。要补充，请回复本卡片；不用了点 ❌。
        03-02 08:00 3-2-501 王芳：报修
        03-02 08:00 张师傅：接单
        03-02 08:00 张师傅：说了预计时间（今天下午3点到5点）
        03-02 17:00 linli：提醒说好的时间到了
        03-02 18:00 张师傅：说了预计时间（明天上午）
        03-02 19:00 张师傅：说了预计时间（半小时）
    == staff
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 3号楼2单元501室
        🧭 水暖 · P2 一般
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 张师傅
        🕒 预计 3月2日 19:30
        👉 出发点 🚗，开始处理点 🔧，办好点 ✅。照片请回复本卡片发。
        [🙋🚗🔧✅]
    linli!: 张师傅，工单 #1 归你了（3号楼2单元501室）。办好后在卡片上点 ✅。
    张师傅: !eta 1 今天下午3点到5点
    linli!: ⏰ 张师傅，工单 #1（3号楼2单元501室）说好的时间（3月2日 15:00–17:00）到了。办好点 ✅；还要时间，回复 !预计 明天上午，我告诉报修人。
    张师傅: !预计 1 明天上午
    张师傅: !eta 1 看情况
    linli: 没看懂是什么时候，或者已经过了。可以写：!预计 12 今天下午、明天上午10点、周四、两小时后。
    王师傅: !eta 1 明天
    linli: 王师傅，工单 #1 已由张师傅接单。
    张师傅: !eta 1 半小时
    ");
}

#[test]
fn in_the_morning_the_staff_room_reads_what_there_is_to_do() {
    let script = "A = 王芳@3: #报修 水龙头漏水
        B = 李明@3: #报修 2单元门禁坏了
        C = 周伟@1: #投诉 楼上太吵
        D = Smith@2: #repair my tap drips
        张师傅@staff: !claim 1
        张师傅@staff: !start 1
        前台@staff: !claim 3
        前台@staff: !wait 3 哪一户？
        张师傅@staff: !claim 4
        张师傅@staff: !done 4
        +30m
        +20h
        +4h
        王芳@3 taps ❌ on #1
        李明@3 taps ❌ on #2
        周伟@1 taps ❌ on #3
        +24h
        +24h";
    let mut stage = Stage::new();
    stage.play(script);
    let shown = stage.show("staff");
    let from = shown.find("linli!: ☀️").expect("a list");
    let list: Vec<&str> = shown[from..]
        .lines()
        .take_while(|line| line.starts_with("    ") || line.contains('☀'))
        .collect();
    assert_snapshot!(list.join("\n"), @"
    linli!: ☀️ 早上好！未办工单 3 张：没人接 1，超时 1，等待中 1。
        🙋 没人接：
        🧾 工单 #2 · 报修 · 待接单 3号楼2单元 2单元门禁坏了（24 小时）
        🔴 超时：
        🧾 工单 #1 · 报修 · 处理中 3号楼2单元501室 水龙头漏水 🛠 张师傅（24 小时）
        ⏳ 等回复或等配件：
        🧾 工单 #3 · 投诉 · 等报修人回复 1号楼1单元201室 楼上太吵 🛠 前台小刘（24 小时）
        🛠 前台小刘手上：#3
        🛠 张师傅手上：#1
    ");
    assert_eq!(shown.matches('☀').count(), 1, "{shown}");
}

#[test]
fn who_takes_what_is_opened_again_ends_the_calls() {
    for who in ["张师傅", "王师傅"] {
        let script = format!(
            "{LEAK}
            张师傅@staff: !claim 1
            张师傅@staff: !done 1
            王芳@3 taps 🔁 on #1
            +10m!
            {who}@staff: !claim 1
            +60m!"
        );
        let calls = calls(&script);
        assert_eq!(calls.lines().count(), 1, "{who}: {calls}");
    }
}

#[test]
fn a_finish_after_a_wait_that_is_taken_back_counts_no_wait() {
    let settings = json!({"targets": [{"resolve": "60m", "answer": "never", "claim": "never"}]});
    let script = format!(
        "{LEAK}
        张师傅@staff: !claim 1
        张师傅@staff: !wait 1 几点在家？
        +300m!
        张师傅@staff: !done 1
        +5m!
        张师傅@staff: !undone 1
        +30m!"
    );
    assert_eq!(calls_with(&settings, &script), "");
}

#[test]
fn two_calls_in_one_millisecond_are_both_heard() {
    let targets = json!({"targets": [{"urgency": "P1", "resolve": "1h"}]});
    let mut stage = Stage::on(estate::homeserver(), move || {
        estate::world_set(features::ALL, "tickets", &targets)
    });
    stage.play("王芳@3: #报修 家里水龙头滴水\n前台@staff: !加急 1 P3\n+2h");
    assert!(!stage.show("staff").contains('⏰'));
    let now = stage.server.now;
    stage.play("前台@staff: !加急 1 P2\n前台@staff: !加急 1 P1");
    assert_eq!(stage.server.now, now);
    let shown = stage.show("staff");
    assert_eq!(shown.matches("linli!: ⏰").count(), 2, "{shown}");
}
