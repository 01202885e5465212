//! Commands: `!help`, `！帮助`. Nothing here does IO.

use crate::text::words::{is_han, starts_with_any};

/// Chinese words that make a full-width exclamation mark the start of a command. Without
/// them it is most often just an exclamation.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "帮助", "菜单", "工单", "报修", "投诉", "建议", "咨询", "缴费", "紧急", "状态", "查询", "进度",
    "我的", "接单", "认领", "完成", "关闭", "取消", "转派", "派单", "指派", "催单", "重开", "禁言",
    "解禁", "解除", "踢", "移除", "封禁", "解封", "警告", "撤回", "撤销", "设置", "配置", "通知",
    "公告", "失物", "招领", "寻物", "出借", "借", "赠送", "闲置", "拼车", "求助", "值班", "统计",
    "日报", "名单", "列表", "加入", "退出", "语言", "隐私", "匿名", "绑定", "权限", "添加", "删除",
    "确认", "备份", "导出", "欢迎", "规则", "楼栋", "成员", "角色", "管理",
];

/// Whether the text is a command to the bot.
pub(super) fn is_command(text: &str) -> bool {
    let text = text.trim_start();
    if let Some(rest) = text.strip_prefix('!') {
        return rest.starts_with(|c: char| c.is_alphanumeric() || is_han(c));
    }
    text.strip_prefix('！').is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_alphabetic() && !is_han(c)) || starts_with_any(rest, WORDS)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_and_exclamations() {
        for text in [
            "!help",
            "！help",
            "！帮助",
            "!工单 12",
            "  !t",
            "！ｈｅｌｐ",
            "!禁言 @a",
        ] {
            assert!(is_command(text), "{text:?}");
        }
        for text in [
            "",
            "!",
            "！",
            "！！！",
            "!!!",
            "！太吵了",
            "好！",
            "! 好",
            "!?",
            "！3",
            "！！帮助",
        ] {
            assert!(!is_command(text), "{text:?}");
        }
    }
}
