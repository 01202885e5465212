//! Giving work to somebody.

use insta::assert_snapshot;
use linli::features;
use serde_json::json;

use super::script::{Stage, told};
use crate::fake::estate;

const REPORTED: &str = "A = 王芳@3: #报修 水龙头漏水";

#[test]
fn the_desk_gives_it_out_and_the_worker_hands_it_on() {
    let script = "前台@staff: !派单 1 张师傅 带长梯子
        王师傅@staff: !assign 1 王师傅
        张师傅@staff: !assign 1 @wang 阀门在地下室
        前台@staff: !assign 1 王师傅
        张师傅@staff taps 🔧 on #1
        王芳@3: !assign 1 王师傅
        王芳@3: !ticket 1";
    assert_snapshot!(told(REPORTED, script, "3 staff"), @"
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
    linli!: 3-2-501 王芳，工单 #1 现在由张师傅负责，请留意消息。
    linli!: 3-2-501 王芳，工单 #1 现在由王师傅负责，请留意消息。
    王芳: !assign 1 王师傅
    linli: 3-2-501 王芳，这个命令只有物业能用。
    王芳: !ticket 1
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 3号楼2单元
        🧭 水暖
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 王师傅
        👉 有进展就告诉您。要补充，请回复本卡片；不用了点 ❌。
        03-02 08:00 3-2-501 王芳：报修
        03-02 08:00 前台小刘：派给张师傅（带长梯子）
        03-02 08:00 张师傅：派给王师傅（阀门在地下室）
    == staff
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 3号楼2单元501室
        🧭 水暖 · P2 一般
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 王师傅
        👉 出发点 🚗，开始处理点 🔧，办好点 ✅。照片请回复本卡片发。
        [🙋🚗🔧✅]
    前台: !派单 1 张师傅 带长梯子
    linli!: 张师傅，前台小刘把工单 #1 派给你了（3号楼2单元501室）。带长梯子
    王师傅: !assign 1 王师傅
    linli: 王师傅，工单 #1 已由张师傅接单。
    张师傅: !assign 1 @wang 阀门在地下室
    linli!: 王师傅，张师傅把工单 #1 派给你了（3号楼2单元501室）。阀门在地下室
    前台: !assign 1 王师傅
    linli: 🧾 工单 #1 · 报修 · 已接单
    linli: 张师傅，工单 #1 已由王师傅接单。
    ");
}

#[test]
fn who_is_meant_must_be_clear() {
    let script = "前台@staff: !assign 1
        前台@staff: !assign 1 老赵
        前台@staff: !assign 1 林经理
        前台@staff replies to #1: !assign 王
        经理@staff: !assign 1 @zhang:hexie.test";
    assert_snapshot!(told(REPORTED, script, "staff"), @"
    == staff
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 3号楼2单元501室
        🧭 水暖 · P2 一般
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 张师傅
        👉 出发点 🚗，开始处理点 🔧，办好点 ✅。照片请回复本卡片发。
        [🙋🚗🔧✅]
    前台: !assign 1
    linli: 派给谁？请写一位物业的人：!派单 12 @王师傅。有：前台小刘, 王师傅, 张师傅
    前台: !assign 1 老赵
    linli: 派给谁？请写一位物业的人：!派单 12 @王师傅。有：前台小刘, 王师傅, 张师傅
    前台: !assign 1 林经理
    linli: 派给谁？请写一位物业的人：!派单 12 @王师傅。有：前台小刘, 王师傅, 张师傅
    前台: !assign 王
    linli!: 王师傅，前台小刘把工单 #1 派给你了（3号楼2单元501室）。
    经理: !assign 1 @zhang:hexie.test
    linli!: 张师傅，林经理把工单 #1 派给你了（3号楼2单元501室）。王师傅不用去了。
    ");
}

#[test]
fn nobody_is_given_more_than_one_person_may_have() {
    let settings = json!({"jobs_max": 1});
    let mut stage = Stage::on(estate::homeserver(), move || {
        estate::world_set(features::ALL, "tickets", &settings)
    });
    let script = "王芳@3: #报修 水龙头漏水
        李明@3: #报修 厕所堵了
        张师傅@staff taps 🙋 on #1
        张师傅@staff taps 🙋 on #2
        前台@staff: !assign 2 张师傅
        张师傅@staff: !material 1 阀芯
        张师傅@staff untaps 🙋 on #2
        张师傅@staff taps 🙋 on #2";
    assert_snapshot!(stage.play(script).show("staff"), @"
    == staff
    linli: 🧾 工单 #1 · 报修 · 等配件
        📍 3号楼2单元501室
        🧭 水暖 · P2 一般
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 张师傅
        💬 阀芯
        👉 接着办点 🔧，办好点 ✅。
        [🙋🚗🔧✅]
    linli: 🧾 工单 #2 · 报修 · 已接单
        📍 3号楼1单元302室 · 厕所
        🧭 水暖 · P2 一般
        📝 厕所堵了
        👤 3-1-302 李明
        🛠 张师傅
        👉 出发点 🚗，开始处理点 🔧，办好点 ✅。照片请回复本卡片发。
        [🙋🚗🔧✅]
    linli!: 张师傅，工单 #1 归你了（3号楼2单元501室）。办好后在卡片上点 ✅。
    linli: 张师傅，工单 #2 没有派成：接单的人手上未办完的已经到上限了。
    前台: !assign 2 张师傅
    linli: 前台小刘，工单 #2 没有派成：接单的人手上未办完的已经到上限了。
    张师傅: !material 1 阀芯
    linli!: 张师傅，工单 #2 归你了（3号楼1单元302室 · 厕所）。办好后在卡片上点 ✅。
    ");
}

#[test]
fn where_people_are_in_danger_nobody_has_too_much_to_do() {
    let settings = json!({"jobs_max": 1});
    let mut stage = Stage::on(estate::homeserver(), move || {
        estate::world_set(features::ALL, "tickets", &settings)
    });
    let script = "王芳@3: #报修 水龙头漏水
        张师傅@staff taps 🙋 on #1
        李明@3: #报修 电梯里有人被困住了
        张师傅@staff taps 🙋 on #2";
    let shown = stage.play(script).show("staff");
    assert!(shown.contains("张师傅，工单 #2 归你了"), "{shown}");
}
