//! Traditional characters of surnames and of the words that names are judged by, in
//! their simplified form. Nothing here does IO.
//!
//! Folding knows those of addresses and reports; these come on top. Not a general
//! converter: 於 and 甯 are surnames of their own and stay.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Pairs: the traditional character, then the simplified one.
const PAIRS: &str = "陳陈張张劉刘黃黄吳吴趙赵孫孙馬马羅罗鄭郑謝谢許许鄧邓馮冯韓韩蕭萧葉叶蘇苏呂吕\
盧卢鍾钟鐘钟譚谭陸陆賈贾韋韦鄒邹閻阎閆闫龍龙錢钱賀贺顧顾龔龚嚴严賴赖湯汤齊齐喬乔龐庞顏颜\
莊庄聶聂魯鲁歐欧關关蘭兰畢毕單单駱骆藍蓝萬万寧宁紀纪楊杨範范陽阳諸诸東东長长鮮鲜遲迟聞闻軒轩\
轅辕臺台門门獨独鄔邬欒栾婁娄閔闵鄺邝諶谌藺蔺竇窦費费衛卫蔣蒋鳳凤滿满車车連连項项麥麦國国\
雲云華华饒饶鮑鲍儲储應应邊边師师叢丛倉仓鞏巩談谈榮荣樂乐繆缪豐丰魚鱼簡简農农塗涂蘆芦戰战紅红\
厲厉強强慶庆貢贡賓宾壽寿郟郏酈郦陰阴闞阚靜静顓颛黨党蒼苍時时劍剑巖岩溫温閭闾買买賽赛資资續续練练\
紹绍經经龜龟員员業业務务貸贷優优發发職职聘聘產产購购賣卖轉转讓让銷销廣广護护團团價价處处辦办\
領领導导電电話话機机傳传聯联絡络鵝鹅證证賬账軍军區区會会貓猫愛爱寶宝媽妈爺爷嬸婶總总醫医點点\
樓楼戶户號号鎖锁裝装條条險险財财網网維维陞升麗丽偉伟傑杰飛飞鑫鑫瑩莹玲玲蓮莲鵬鹏輝辉曉晓\
陝陕聰聪齡龄潔洁繼继澤泽濤涛淵渊鄉乡創创徵征誠诚銀银開开鏈链";

static SIMPLIFIED: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
    let chars: Vec<char> = PAIRS.chars().collect();
    chars
        .chunks_exact(2)
        .map(|pair| (pair[0], pair[1]))
        .collect()
});

/// The simplified form of a character, or itself.
pub(super) fn simplified(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    SIMPLIFIED.get(&c).copied().unwrap_or(c)
}

/// A text in simplified characters.
pub(super) fn simplify(text: &str) -> String {
    text.chars().map(simplified).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_whole() {
        assert_eq!(PAIRS.chars().count() % 2, 0);
        assert_eq!(simplify("歐陽 諸葛 3-2"), "欧阳 诸葛 3-2");
        assert_eq!(simplify("於"), "於");
        let simple: String = SIMPLIFIED.values().collect();
        assert_eq!(simplify(&simple), simple);
    }
}
