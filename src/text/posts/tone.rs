//! What a post asks of its readers besides what it is about. Nothing here does IO.

use super::pattern::{Pattern, compile};

/// What neighbours must not answer alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    Health,
    Law,
}

static HEALTH: Pattern = Pattern::new(|| {
    compile(
        r"发烧|高烧|胸闷|胸痛|头晕|呕吐|拉肚子|腹痛|肚子疼|出血|骨折|过敏|中毒|吃什么药|用什么药|药量|剂量|能不能吃药|血压高|高血压|糖尿病|抽搐|昏迷|昏倒|昏过去|晕倒|烫伤|扭伤|摔伤|咬伤|狂犬|疫苗|怀孕.{0,6}(?:能|可以)|宝宝.{0,8}(?:烧|咳|吐|疹)|咳嗽|皮疹|症状|\b(?:fever|chest pain|dizzy|vomiting|bleeding|broken (?:arm|leg|bone)|allergic|poison|what medicine|which medicine|dose|dosage|blood pressure|diabetes|seizure|burn|sprain|dog bite|rabies|rash|symptoms?|pregnant)\b",
    )
});
static LAW: Pattern = Pattern::new(|| {
    compile(
        r"律师|打官司|起诉|法院|仲裁|违约|合同纠纷|劳动纠纷|离婚|继承|遗产|房产纠纷|押金不退|欠薪|赔偿|侵权|报案|立案|诈骗|被骗|(?:能|可以|去|想|要)告(?:他|她|它|物业|房东|公司|对方|邻居|开发商)|不赔|违法|犯法|维权|\b(?:lawyer|lawsuit|sue|court|legal|contract dispute|divorce|inheritance|deposit back|unpaid wages|compensation|fraud|scammed)\b",
    )
});
static ASKS: Pattern = Pattern::new(|| {
    compile(
        r"[?？]|求|有没有|有谁|谁知道|谁家|哪|推荐一下|推荐个|推荐一|请问|想找|找一?个|麻烦推荐|吗|\b(?:who knows|does anyone|anyone know|can anyone|could anyone|looking for|any recommend|recommend me|where can|need a)\b",
    )
});
static FOR_ALL: Pattern = Pattern::new(|| {
    compile(
        r"求扩散|请扩散|帮忙扩散|扩散|求转发|请转发|帮转|互相转告|告诉一下其他楼|全小区|please share|pls share|spread the word|please spread|tell everybody|tell everyone",
    )
});

/// Whether a question is for doctors or for lawyers; the text is folded.
#[must_use]
pub fn care(text: &str) -> Option<Care> {
    if HEALTH.is_in(text) {
        return Some(Care::Health);
    }
    LAW.is_in(text).then_some(Care::Law)
}

/// Whether a text asks for a recommendation and gives none; it is folded.
#[must_use]
pub fn is_asking(text: &str) -> bool {
    ASKS.is_in(text)
}

/// Whether an author wants it read as widely as can be.
#[must_use]
pub fn is_for_all(text: &str) -> bool {
    FOR_ALL.is_in(super::super::fold::Folded::new(text).text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_neighbours_must_not_answer_alone() {
        assert_eq!(care("孩子发烧39度吃什么药"), Some(Care::Health));
        assert_eq!(care("my dog bite is swollen"), Some(Care::Health));
        assert_eq!(care("房东押金不退怎么办"), Some(Care::Law));
        assert_eq!(care("楼上漏水不赔钱,能告他吗"), Some(Care::Law));
        assert_eq!(care("哪里修鞋"), None);
        assert_eq!(care("黄昏去哪里散步好"), None);
    }

    #[test]
    fn who_asks_and_who_recommends() {
        assert!(is_asking("有没有靠谱的钟点工"));
        assert!(is_asking("who knows a dentist?"));
        assert!(!is_asking("修空调的李师傅,上门快,收费公道"));
        assert!(is_for_all("猫丢了，求扩散"));
        assert!(!is_for_all("猫丢了"));
    }

    #[test]
    fn all_patterns_are_good() {
        for pattern in [&HEALTH, &LAW, &ASKS, &FOR_ALL] {
            assert!(pattern.is_good());
        }
    }
}
