//! Prices: 50元, 五十块, ¥50, 50r, 八十拿走, 免费; `50 yuan`, `asking 120`, `free`. Nothing here does IO.

use super::{
    super::words::starts_with_any,
    Field, Kind,
    pattern::{Pattern, compile, number},
    words::Words,
};

/// A number in digits or in Chinese, as prices are written.
const SUM: &str =
    "[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6}(?:\\.[0-9]{1,2})?|[零一二两三四五六七八九十百千万]{1,6}";

/// With the sign of a currency, before or behind: the tenths of 一块五 are told behind it.
static UNIT: Pattern = Pattern::new(|| {
    compile(&format!(
        r"(?:[¥$]|rmb|cny|￥) ?(?<a>{SUM})(?<k>k\b)?|(?<b>{SUM})(?:多|来)? ?(?:元|块钱?|圆|r(?:[^a-z0-9]|$)|rmb|cny|yuan|kuai|bucks|quid|dollars|¥|大洋|块大洋)(?:(?<tenth>[1-9一二三四五六七八九])(?:毛|角|$|[STOP\s]|一[个斤只本]))?|(?<c>[0-9]{{1,3}}(?:\.[0-9])?)(?<kk>k\b|千[元块]?(?:$|[STOP\s出不]))|(?<dime>[1-9一二三四五六七八九])(?:毛|角)钱?"
    ))
});
/// Behind a word that a price follows.
static CUE: Pattern = Pattern::new(|| {
    compile(&format!(
        r"(?:价格|价钱|售价|出价|要价|特价|标价|底价|一口价|预算|只要|只需|仅需|仅要|只收|就要|想要个|卖|出|收|转|aa|人均|每人|每位|一人|一位|每个人|一个人|每次|单人|打包|全部|一起|一共|总共|统统|全套|整套|连[^STOP\s]{{1,4}}|愿出|愿给|给[您你]?|分摊|油费|路费|车费|现价|现在|如今|现|最多|不超过|每小时|一小时|每节课?|一节课?|一课时|一次|一[双只个条件套瓶袋盒把斤份]|(?:换|修|洗|剪|配|补)[个块次条把]?[^STOP\s0-9]{{1,4}}?|每份|每斤|每月|自提|自取|面交|asking(?: price)?|price(?:d)?(?: is| at)?|pay|chip in|budget(?: is| of)?|selling for|sell for|selling at|yours for|all for|lot for|maximum|max|under|below|less than|go up to|pay up to)[:：是为 ]{{0,2}}(?:给|各|出|个|只要|一[张个斤份本条件套只台位]|大概|大约|约|在|is |about |around |up to |under |roughly )?(?<x>{SUM})(?:$|[^0-9a-z%.:\-/号点月日岁寸公厘升斤克本个只条张台辆把套件双年天期折成倍周次小分半人几多路栋楼幢座单层排米平一二三四五六七八九十百千万零]| ?(?:/|一|每|元|块|左右|上下|以内|以下|就|包|不|可|or|ono|obo|each|per|a head))"
    ))
});
/// Before a word that follows a price.
static LED: Pattern = Pattern::new(|| {
    compile(&format!(
        r"(?:^|[^0-9a-z\-.:零一二两三四五六七八九十百千万])(?<x>{SUM}) ?(?:以内|以下|左右|上下|不刀|不议价|不讲价|不还价|可刀|可小刀|小刀|可议|可谈|包邮|包送|包安装|就卖|就出|就行|拿走|带走|搬走|抱走|打包|一口价|出(?:$|[STOP\s掉了])|一[斤个份只盒袋瓶本件套张条箱把对双位人次桶坛罐捆盆棵株包串](?:$|[^月])|/ ?[人位斤个份只盒袋瓶本件套张次]|each|apiece|a (?:head|person|piece|bag|box|jar|bottle|go|wash|cut|pair|kilo|session|class|seat)|per [a-z]+|or best offer|obo|ono|firm|for (?:the lot|both|all|everything))"
    ))
});
/// A sum alone between two ends of a clause, or one of hundreds at the end of one: 沙发床八百.
static LONE: Pattern = Pattern::new(|| {
    compile(
        r"(?:(?:^|[STOP]|\s)(?:only |just |for |want |at |now |take )?|出|卖|for |only )(?<x>[0-9]{2,5}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九][百千](?:[一二三四五六七八九][百十]?)?五?)(?:$|[STOP]|\s)|[\p{Han}](?<y>[一二两三四五六七八九][百千](?:[一二三四五六七八九][百十]?)?五?)(?:$|[STOP]|\s)",
    )
});
static FREE: Pattern = Pattern::new(|| {
    compile(
        r"免费|不要钱|不收钱|不收费|不[要收]钞票|不要你?一分钱|一分钱?(?:也|都)?不[要收]|分文不[取收]|白送|白给|无偿|不用钱|不花钱|[^0-9]0元|零元|不用给钱|不用付|free of charge|for free|no charge|\bfree\b(?: to| \.| ?[STOP\p{Han}]|\s*$)|(?:zero|no) cost|costs? (?:u |you )?nothing|no money|don't want any money|for nothing|gratis",
    )
});
/// What stands before a sum that is another one: what was paid for it new, a deposit, a reward.
static OTHER: Pattern = Pattern::new(|| {
    compile(
        r"(?:原价|买的?时候?|买来|入手|购入|新的|新品|专柜|官网|市价|市场价|网上|超市|店里|押金|酬谢|重谢|谢金|酬金|红包|悬赏|原来|当时|当初|花了|花|价值|身高|体重|里面有|现金|官方价|罚|扣|补|违约金|运费|工资|房租|retail|bought (?:it )?for|paid|originally|original(?: price)?|worth|cost me|cost us|costs|new is|new price|reward|deposit|cash|used to cost|new for|rrp|was|usually|fine)[^,.。!?;\n现卖出售]{0,12}$",
    )
});
/// What stands behind a sum that is another one: 300多入的, 押金.
const PAID: &[&str] = &[
    "入的",
    "买的",
    "入手",
    "多入",
    "多买",
    "押金",
    "买来",
    "deposit",
    "reward",
    "的时候",
];

/// The first price of what the post is about, in hundredths; nothing where none is told.
pub(super) fn find(words: &Words, kind: &Kind, times: &[std::ops::Range<usize>]) -> Option<i64> {
    let own = words.without(times);
    let own = own.as_str();
    let is_sold = kind.asks.contains(&Field::Price);
    let unit = UNIT.all(own).find_map(|found| {
        let whole = found.get(0)?.range();
        is_price(own, &whole).then(|| cents(own, &found)).flatten()
    });
    let bare = |pattern: &'static Pattern| {
        let mut found = pattern.every(own).into_iter();
        found.find_map(|sum| {
            is_price(own, &sum)
                .then(|| decimal(&own[sum.clone()]))
                .flatten()
        })
    };
    // A sum that no unit marks is at least of some weight.
    let large = |cents: &i64| *cents >= 400;
    unit.or_else(|| bare(&CUE).filter(large))
        .or_else(|| bare(&LED).filter(large))
        .or_else(|| FREE.is_in(own).then_some(0))
        .or_else(|| is_sold.then(|| bare(&LONE)).flatten().filter(large))
}

fn is_price(own: &str, sum: &std::ops::Range<usize>) -> bool {
    !OTHER.is_in(&own[..sum.start])
        && !starts_with_any(own[sum.end..].trim_start_matches(['多', '块', '元']), PAID)
}

fn cents(own: &str, found: &regex::Captures) -> Option<i64> {
    let named = |name: &str| found.name(name).map(|part| part.as_str());
    if let Some(dime) = named("dime") {
        return number(dime).map(|tenths| i64::from(tenths) * 10);
    }
    let text = ["a", "b", "c"].into_iter().find_map(named)?;
    // 一块板 is a board.
    let after = &own[found.get(0)?.end()..];
    let is_piece = text == "一"
        && found[0].ends_with('块')
        && after.starts_with(|c| {
            super::super::words::is_han(c) && !"一钱不包出就左以的每吧哈要可起各多".contains(c)
        });
    if is_piece {
        return None;
    }
    let thousands = if named("k").or_else(|| named("kk")).is_some() {
        1_000
    } else {
        1
    };
    let tenth = named("tenth").and_then(number).unwrap_or(0);
    decimal(text).map(|cents| cents * thousands + i64::from(tenth) * 10)
}

/// A sum in hundredths.
fn decimal(text: &str) -> Option<i64> {
    let text = text.replace(',', "");
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return number(&text).map(|whole| i64::from(whole) * 100);
    }
    let (whole, part) = text.split_once('.').unwrap_or((text.as_str(), ""));
    let part = format!("{part:0<2}");
    Some(whole.parse::<i64>().ok()? * 100 + part.parse::<i64>().ok()?)
}

#[cfg(test)]
pub(super) fn patterns() -> [&'static Pattern; 6] {
    [&UNIT, &CUE, &LED, &LONE, &FREE, &OTHER]
}
