//! The community's rules: shown on joining and on request, accepted by a tap, asked about again.

use linli::features;
use serde_json::json;

use super::script::Stage;
use crate::fake::estate::{self, room};

fn stage(version: u32) -> Stage {
    let section = json!({"text": "一、不发广告。\n二、<好好>说话。", "text_en": "1. No adverts.",
        "version": version, "ask_again": true});
    Stage::on(estate::homeserver(), move || {
        estate::world_set(features::ALL, "rules", &section)
    })
}

#[test]
fn a_newcomer_reads_and_accepts_them() {
    let mut stage = stage(1);
    stage.play("新邻居@3 enters as 3-1-1201 何洁\n新邻居@talk enters as 3-1-1201 何洁");
    let talk = room("talk-newcomer");
    let rules = stage.last_of_ours(&talk);
    stage.named.insert("群规".to_owned(), rules);
    stage.play("新邻居@talk taps ✅ on 群规\n新邻居@3 leaves\n新邻居@3 enters as 3-1-1201 何洁");
    stage.play("新邻居@3: 大家好\nSmith@2: !rules");
    insta::assert_snapshot!(stage.show("talk-newcomer 2"), @r"
    == talk-newcomer
    linli: 和谐花园群规
        一、不发广告。
        二、<好好>说话。
        看过并同意，请点一下 ✅。
        [✅]
    linli: 谢谢，已记下您同意群规。
    == 2
    Smith: !rules
    linli: 和谐花园群规
        一、不发广告。
        二、<好好>说话。
        看过并同意，请点一下 ✅。
        [✅]
    ");
}

#[test]
fn a_new_version_is_asked_about_when_they_next_speak() {
    let mut stage = stage(1);
    stage.play("新邻居@3 enters as 3-1-1201 何洁\n新邻居@talk enters as 3-1-1201 何洁");
    let section = json!({"text": "新的群规。", "version": 2, "ask_again": true});
    stage
        .robot
        .serve_world(move || estate::world_set(features::ALL, "rules", &section));
    stage.robot.crash();
    stage.play("新邻居@3: 大家好\n新邻居@3: 在吗\n王芳@3: 你好");
    insta::assert_snapshot!(stage.show("talk-newcomer"), @r"
        == talk-newcomer
        linli: 和谐花园群规
            一、不发广告。
            二、<好好>说话。
            看过并同意，请点一下 ✅。
            [✅]
        linli: 和谐花园群规
            新的群规。
            看过并同意，请点一下 ✅。
            [✅]
        ");
}
