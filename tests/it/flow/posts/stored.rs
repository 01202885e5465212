//! The stored form of posts and of what is kept beside them: whoever changes it raises a version and writes an upgrade.

use insta::assert_snapshot;
use linli::domain::record::View;

use super::stage;

/// What the feature keeps of these kinds.
fn kept(script: &str, kinds: &[&str]) -> String {
    let mut stage = stage();
    stage.play(script);
    let state = stage.robot.kept.state();
    let all = state.memory.scan("", None, usize::MAX).unwrap();
    let own = all
        .into_iter()
        .filter(|(key, _)| kinds.contains(&key.kind()));
    let lines: Vec<String> = own.map(|(key, value)| format!("{key} {value}")).collect();
    lines.join("\n")
}

#[test]
fn a_post_with_all_that_may_stand_in_it() {
    assert_snapshot!(
        kept(
            "王芳@3: #卖 灰色双人沙发，九成新，200元，3-2-501自提，周日前，电话可以公开13900002211
        李明@3 taps 🙋 on H1
        周伟@help taps 🙋 on H1
        王芳@talk enters
        王芳@talk taps 1️⃣ on H1
        冯磊@help taps 🚩 on H1
        王芳@3 taps 📣 on H1
        +15h
        李明@3 taps 🙅 on H1",
            &["help_post", "last_help_post", "help_posted", "help_last"]
        ),
        @r##"
    hexie/help_last/!3:hexie.test/@wangfang:hexie.test {"v":1,"d":{"no":1,"at":1772409600000}}
    hexie/help_post/00000001 {"v":1,"d":{"no":1,"kind":"sell","state":"open","author":{"user":"@wangfang:hexie.test","surname":"王","building":"3"},"language":"zh","room":"!3:hexie.test","message":"$e00072","text":"#卖 灰色双人沙发，九成新，200元，3-2-501自提，周日前，电话可以公开13900002211","told":{"item":"双人沙发","colour":"灰色","place":"3-2-501","price_cents":20000,"condition":"九成新","pickup":"自提","until":1772899200000},"open":{"contacts":true,"homes":false},"opened":1772409600000,"ends":1772899200000,"wide":1772409600000,"flags":["@fenglei:hexie.test"],"flagged":{"room":"!staff:hexie.test","target":{"event":"$e00103"}},"cards":[{"room":"!3:hexie.test","target":{"event":"$e00073"},"offered":["🙋"]},{"room":"!help:hexie.test","target":{"event":"$e00074"},"offered":["🙋"]}],"askers":[{"no":1,"who":{"user":"@liming:hexie.test","surname":"李","building":"3"},"at":1772409600000,"tap":"$e00077","standing":"left","promise":1,"times":1},{"no":2,"who":{"user":"@zhouwei:hexie.test","surname":"周","building":"1"},"at":1772409600000,"tap":"$e00087","standing":"waits","times":1}],"promises":1,"shown":1772409600000,"line_shown":"🔁 H1 🏷 卖 灰色双人沙发 · 进行中","helm":{"room":"!talk-wangfang:hexie.test","target":{"event":"$e00082"},"offered":["1️⃣","2️⃣","✅","🗑"]},"told_of":["asked 1 @wangfang:hexie.test","promised 1 @liming:hexie.test","promised-to 1 @wangfang:hexie.test"],"later":[{"to":"@wangfang:hexie.test","what":"declined","n":1}],"look_at":1772496000000,"listed":["all","kind/sell","of/@wangfang:hexie.test","of/@zhouwei:hexie.test","thing/sell/sofa"]}}
    hexie/help_posted/@wangfang:hexie.test {"v":1,"d":{"all":[1772409600000],"sales":[1772409600000]}}
    hexie/last_help_post/ {"v":1,"d":1}
    "##
    );
}

#[test]
fn rides_and_missing_people() {
    assert_snapshot!(
        kept(
            "王芳@3: #拼车 每个工作日早上9点从南门去虹桥机场，2个空座，30元
        李明@3 taps 🙋 on H1
        吴敏@1: #寻人 我爷爷走丢了，叫王建国，穿蓝色外套，昨晚在南门
        周伟@1 replies to H2: 刚才在东门看到了",
            &["help_post", "help_alarm", "help_sighting"]
        ),
        @r##"
    hexie/help_alarm/$e00086 {"v":1,"d":2}
    hexie/help_post/00000001 {"v":1,"d":{"no":1,"kind":"ride_offer","state":"open","author":{"user":"@wangfang:hexie.test","surname":"王","building":"3"},"language":"zh","room":"!3:hexie.test","message":"$e00072","text":"#拼车 每个工作日早上9点从南门去虹桥机场，2个空座，30元","told":{"from":"南门","to":"虹桥机场","at":1772413200000,"seats":2,"price_cents":3000,"weekly":"1-5"},"opened":1772409600000,"ends":1775001600000,"cards":[{"room":"!3:hexie.test","target":{"event":"$e00073"},"offered":["🙋"]},{"room":"!help:hexie.test","target":{"event":"$e00074"},"offered":["🙋"]}],"askers":[{"no":1,"who":{"user":"@liming:hexie.test","surname":"李","building":"3"},"at":1772409600000,"tap":"$e00077","standing":"aboard","times":1}],"shown":1772409600000,"line_shown":"🔁 H1 🚗 拼车（有座） 南门 → 虹桥机场 03-02 09:00 · 进行中","told_of":["aboard 1 @liming:hexie.test","joined 1 @wangfang:hexie.test"],"look_at":1772409600001,"listed":["all","kind/ride_offer","of/@liming:hexie.test","of/@wangfang:hexie.test"]}}
    hexie/help_post/00000002 {"v":1,"d":{"no":2,"kind":"lost_person","state":"open","author":{"user":"@wumin:hexie.test","surname":"吴","building":"1"},"language":"zh","room":"!1:hexie.test","message":"$e00086","text":"#寻人 我爷爷走丢了，叫王建国，穿蓝色外套，昨晚在南门","told":{"item":"爷爷","colour":"蓝色","name":"王建国","place":"南门","at":1772359200000},"opened":1772409600000,"ends":1775001600000,"sightings":1,"last_sighting":"03-02 08:00 1号楼 周: 刚才在东门看到了","cards":[{"room":"!1:hexie.test","target":{"event":"$e00087"},"offered":["🙋"]},{"room":"!help:hexie.test","target":{"event":"$e00088"},"offered":["🙋"]},{"room":"!2:hexie.test","target":{"event":"$e00089"},"offered":["🙋"]},{"room":"!3:hexie.test","target":{"event":"$e00090"},"offered":["🙋"]}],"shown":1772409600000,"told_of":["sighted 1 @wumin:hexie.test"],"look_at":1775001600000,"listed":["all","kind/lost_person","of/@wumin:hexie.test","thing/lost_person/elder"]}}
    hexie/help_sighting/$e00102 {"v":1,"d":{"no":2,"number":1,"shown":[["!1:hexie.test","post-$e00102-posts-0"],["~hexie/@wumin:hexie.test","post-$e00102-posts-2"]]}}
    "##
    );
}

#[test]
fn what_is_kept_beside_posts() {
    assert_snapshot!(
        kept(
            "周伟@1: #招领 捡到一把黑伞，刚才在1号楼楼下
        A = 王芳@3: #推荐 修空调的李师傅，上门快
        王芳@3 taps 👍 on A
        李明@3: #推荐 修空调的赵师傅，便宜
        李明@3: !关注 婴儿床
        李明@3: !署名 开
        吴敏@1: #送 茶杯
        李明@help taps 🙋 on H4
        吴敏@talk enters
        吴敏@talk taps 1️⃣ on H4
        吴敏@talk taps ✅ on H4
        周伟@talk enters
        周伟@talk: 伞柄上缠着红胶带
        王芳@3: !我要 H1
        王芳@talk enters
        王芳@talk: 是格子的
        周伟@talk taps ❌ on LAST",
            &[
                "help_waiting",
                "help_remembered",
                "help_offered",
                "watched",
                "watch",
                "help_named",
                "gifts",
                "wrong_claims"
            ]
        ),
        @r#"
    hexie/gifts/@liming:hexie.test {"v":1,"d":[1772409600000]}
    hexie/help_named/@liming:hexie.test {"v":1,"d":[]}
    hexie/help_offered/00000003/$e00087 {"v":1,"d":{"no":3,"about":"修空调的赵师傅，便宜","text":"修空调的赵师傅，便宜","who":{"user":"@liming:hexie.test","surname":"李","building":"3"},"at":1772409600000}}
    hexie/help_remembered/99999997/$e00080 {"v":1,"d":{"no":2,"about":"修空调的李师傅，上门快","text":"修空调的李师傅，上门快","who":{"user":"@wangfang:hexie.test","surname":"王","building":"3"},"at":1772409600000}}
    hexie/help_waiting/@wangfang:hexie.test {"v":1,"d":[{"no":1,"what":"claim","since":1772409600000}]}
    hexie/watch/crib/@liming:hexie.test/婴儿床 {"v":1,"d":[]}
    hexie/watched/@liming:hexie.test {"v":1,"d":["婴儿床"]}
    hexie/wrong_claims/@wangfang:hexie.test {"v":1,"d":[1772409600000]}
    "#
    );
}
