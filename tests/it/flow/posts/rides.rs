//! Rides: seats, waiting lists, reminders.

use insta::assert_snapshot;

use super::stage;

#[test]
fn a_ride_fills_and_its_waiting_list_moves_up() {
    let mut stage = stage();
    stage.play(
        "王芳@3: #拼车 明早7点去高铁站，有2个空座，每人20
      李明@3 taps 🙋 on H1
      周伟@help taps 🙋 on H1
      吴敏@help taps 🙋 on H1
      周伟@help untaps 🙋 on H1
      +12h
      +2h
      +10h",
    );
    assert_snapshot!(stage.show("3 help talk-wangfang talk-liming talk-wumin talk-zhouwei"), @r"
    == 3
    王芳: #拼车 明早7点去高铁站，有2个空座，每人20
    linli: 🏘 H1 · 🚗 拼车（有座） · 成了
        🧭 → 高铁站
        🕐 03-03 07:00
        💺 2/2
        💰 ¥20
        📝 明早7点去高铁站，有2个空座，每人20
        👤 3号楼 王
        🎉 成了，谢谢大家。
        [🙋]
    == help
    linli: 🏘 H1 · 🚗 拼车（有座） · 成了
        🧭 → 高铁站
        🕐 03-03 07:00
        💺 2/2
        💰 ¥20
        📝 明早7点去高铁站，有2个空座，每人20
        👤 3号楼 王
        🎉 成了，谢谢大家。
        [🙋]
    == talk-wangfang
    linli: 💺 H1 🚗 拼车（有座） → 高铁站 03-03 07:00：3号楼 李 加入了。
    linli: 💺 H1 🚗 拼车（有座） → 高铁站 03-03 07:00：1号楼 周 加入了。
    linli: ↩️ H1 🚗 拼车（有座） → 高铁站 03-03 07:00：1号楼 周 不去了。
    linli: 💺 H1 🚗 拼车（有座） → 高铁站 03-03 07:00：1号楼 吴 加入了。
    == talk-liming
    linli: 💺 H1 🚗 拼车（有座） → 高铁站 03-03 07:00：有您的位子。发起的是 3号楼 王，有事请直接联系。去不了请点 🙅。
    == talk-wumin
    linli: ⏳ H1 🚗 拼车（有座） → 高铁站 03-03 07:00：位子满了，您在排队，空出来马上告诉您。
    linli: 💺 H1 🚗 拼车（有座） → 高铁站 03-03 07:00：有位子了，是您的！发起的是 3号楼 王。去不了请点 🙅。
    == talk-zhouwei
    linli: 💺 H1 🚗 拼车（有座） → 高铁站 03-03 07:00：有您的位子。发起的是 3号楼 王，有事请直接联系。去不了请点 🙅。
    ");
}

/// A ride before sunrise: those aboard are reminded in the evening, once, and nothing is looked at all night.
#[test]
fn whoever_boards_at_night_keeps_nobody_awake() {
    let mut stage = stage();
    stage.play(
        "+13h
        王芳@3: #拼车 明早7点去高铁站，有2个空座
        +90m
        李明@3 taps 🙋 on H1",
    );
    let before = stage.robot.kept.state().log.len();
    stage.play("+7h");
    let decided = stage.robot.kept.state().log.len() - before;
    assert!(decided < 20, "{decided}");
}

/// Every working day anew: whoever stays away one day may come along the next, and once a month its driver is asked.
#[test]
fn a_ride_of_every_day_goes_on() {
    let mut stage = stage();
    stage.play("王芳@help: #拼车 每个工作日早上9点去虹桥机场，2个空座\n李明@help taps 🙋 on H1\n王芳@talk enters");
    for _ in 0..4 {
        stage.play("李明@help untaps 🙋 on H1\n李明@help taps 🙋 on H1\n+24h");
    }
    assert!(
        stage.show("help").contains("💺 1/2"),
        "{}",
        stage.show("help")
    );
    stage.play("+648h");
    let shown = stage.show("talk-wangfang");
    assert_eq!(shown.matches("怎么样了").count(), 1, "{shown}");
    stage.play("王芳@talk: !再发 H1\n+240h");
    assert!(
        stage.show("help").contains("· 进行中"),
        "{}",
        stage.show("help")
    );
}
