//! What messages ask for.

use super::all_are;
use crate::text::intent::{self, Intent};

#[test]
fn tickets() {
    all_are(
        Intent::Ticket,
        &[
            "#报修",
            "#报修 3号楼2单元501厨房漏水",
            "#报修3号楼2单元501厨房漏水",
            "厨房漏水 #报修",
            "＃报修＃ 漏水",
            "#complaint noise",
            "#报修 谢谢",
            "#报修 怎么用",
            "#报修 水管爆了，什么时候能来修？",
            "#报修 昨天修好的水管又漏了",
            "#报修 上次报修的门锁又坏了",
            "#报修 电梯坏了，有人报修了吗？",
            "#投诉 我要投诉楼上，昨天晚上吵到三点",
            "#complaint my complaint is that the lift is broken",
            "@linli 厨房漏水",
            "linli: the kitchen tap drips",
            "邻里，楼道灯坏了",
            "@linli 谢谢，不过厨房又漏水了",
            "@linli 需要帮助，水管爆了",
            "@linli 厨房漏水了，怎么报修？",
            "@linli 我想约个时间",
            "@linli 我要报修，师傅什么时候能来？",
            "@linli 请帮我修一下灯，谢谢",
            "@linli is the pool open today?",
        ],
    );
}

#[test]
fn questions_about_earlier_reports() {
    all_are(
        Intent::StatusQuery,
        &[
            "昨天报的302漏水有人来了吗？",
            "#报修 昨天报的302漏水有人来了吗？",
            "＃报修＃ 前天报的灯怎么还没修",
            "我的工单怎么样了",
            "我的工单呢？",
            "昨天报的漏水呢？",
            "工单12进度",
            "查一下我的工单",
            "上周报修的门锁还没人来",
            "报修三天了怎么没人来",
            "#投诉 昨天反映的噪音问题怎么还没处理",
            "什么时候来修啊，昨天就报了",
            "上次说的漏水修了没有",
            "昨天报的漏水修好了吗？现在还在漏",
            "昨天报的漏水有人来了吗？地板都泡坏了",
            "昨天報的漏水有人來了嗎？",
            "@linli 修好了吗？",
            "@linli 催一下",
            "@linli when will the lift be repaired?",
            "@linli 师傅什么时候到？",
            "what happened to my ticket",
            "has anyone come about the leak I reported",
            "#repair Has anyone come about the leak I reported?",
            "I reported a leak yesterday, any update?",
            "Is the leak I reported fixed yet?",
            "status of ticket #12",
            "When will someone fix the light I reported?",
        ],
    );
}

#[test]
fn a_question_that_also_reports_is_a_ticket() {
    all_are(
        Intent::Ticket,
        &[
            "#报修 昨天报的漏水修好了吗？另外厨房灯也坏了",
            "#报修 厨房灯坏了。另外昨天报的漏水有人来了吗？",
            "#报修 卫生间堵了。昨天报的漏水有人来了吗？",
            "#报修 昨天报过一次，今天又漏了，什么时候来修？",
            "@linli 我的工单怎么样了？顺便报一下楼道灯坏了",
            "#repair the tap I reported is still not fixed. Also the kitchen light is broken",
        ],
    );
    // Without a tag or a call nothing can be reported.
    all_are(
        Intent::StatusQuery,
        &["昨天报的漏水修好了吗？另外厨房灯也坏了"],
    );
}

#[test]
fn help() {
    all_are(
        Intent::HowTo,
        &[
            "帮助",
            "help",
            "Help!",
            "菜单",
            "@linli",
            "@linli 帮助",
            "@linli help",
            "@linli help please",
            "@linli 怎么报修",
            "@linli 怎么报修？",
            "@linli 如何提交报修",
            "@linli 怎么用",
            "@linli 你能做什么",
            "@linli how do I report a leak?",
            "@linli what can you do",
        ],
    );
}

#[test]
fn commands() {
    all_are(
        Intent::Command,
        &[
            "!help",
            "！帮助",
            "！help",
            "!claim 12",
            "  !t 3",
            "!报修 #报修",
        ],
    );
}

#[test]
fn thanks_alone_are_no_answer() {
    for text in [
        "谢谢",
        "谢谢师傅！",
        "辛苦了🙏",
        "> 问\n\n多谢您",
        "Thanks a lot!",
        "thank you very much",
    ] {
        assert!(intent::is_thanks(text), "{text}");
    }
    for text in ["好的谢谢", "yes, thanks", "谢谢，十点后在家", "可以", "3"] {
        assert!(!intent::is_thanks(text), "{text}");
    }
}

#[test]
fn chat() {
    all_are(
        Intent::Chat,
        &[
            "",
            " ",
            "谢谢",
            "好的",
            "👍",
            "！！！",
            "!!!",
            "！太吵了",
            "我家水管漏了谁有师傅电话",
            "怎么报修？",
            "help me carry this",
            "#邻里 谁有梯子",
            "@linli 谢谢",
            "@linli 好的，收到！",
            "@linli 👍",
            "@linli 你好",
            "@linli thanks for your help!",
            "@linli 修好了，谢谢师傅",
            "@linli 谢谢你们的及时维修",
            "@linli thanks for fixing it so quickly",
            "昨天报的警有人来了吗",
            "谁报了兴趣班？怎么样",
            "孩子报的班怎么样",
            "有人报修了吗",
            "昨天报修的灯修好了，谢谢",
            "邻里之间要和气",
            "> <@a:b> #报修 漏水\n\n好的",
            "> 昨天报的漏水有人来了吗\n\n来了",
        ],
    );
}
