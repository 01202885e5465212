//! Chinese surnames in Latin letters, and given names that are no surnames. Nothing here
//! does IO.

/// Common surnames in pinyin.
const SURNAMES: &str = "wang li zhang liu chen yang huang wu zhao zhou xu sun ma zhu hu lin guo he gao luo \
zheng liang xie song tang deng feng han cao zeng peng xiao cai pan tian dong yuan yu jiang ye du su wei \
cheng lü lv lyu lu ding shen ren yao zhong cui tan liao fan fang shi jin dai jia xia fu qiu hou zou xiong \
meng qin bai mao yan xue yin duan lei hao tao shao qian gu gong kong hong bo qiao mu ou ning shu ji qi \
geng kang ge wan zhan mo ruan lan qu sheng ran weng xiang chang wen niu an zuo hua xin gan bao pei bi \
ouyang sima zhuge shangguan situ xiahou huangfu linghu gongsun dongfang murong yuwen zhangsun";

/// Other syllables of given names, so that Wang Xiu is known as Chinese all through.
const SYLLABLES: &str = "ai ba bei ben bin bing bo can chao chi chong chu chuan chun ci cong da dan de \
di dou duo en er fei fen gang gen guang gui hai hang heng hui huan huo jian jie jing jiu ju juan jun ke kai \
kuan kui kun lai lang le leng lian ling long lei mei mi man min ming na nan nian ning nuo ping pu qing \
quan que rong rou ru rui ruo san sha shan shang shuang shuo shui si sui tai ting tong wei xi xian xing \
xiu xuan xun ya yi ying yong you yue yun za ze zhe zhen zhi zhong zhuo zi zong fang qiang xiaoming xiaohong";

/// Given names that are hardly ever surnames.
const GIVEN: &str = "lily lucy amy anna tom tony kevin jenny cindy linda nancy mary john mike david peter \
susan sarah emily emma alice helen grace sophia olivia jessica jennifer michael robert richard daniel \
steven jack jason eric andy sam ben joe bob bill jim tim ken vivian vicky wendy mandy candy sunny \
judy julia laura lisa maria karen kate cathy betty eva coco yoyo bella jane elizabeth angela tina fiona \
cherry christina ivy iris kelvin leo luke mark matthew max nick nicole patrick rachel rebecca \
ruby sandy sean shirley sophie stella stephen steve sue tiffany victoria william will zoe \
jose juan pedro carlos maría";

/// Surnames that come first in other languages too.
const FIRST: &str = "nguyen tran pham hoang huynh phan vu vo dang bui ngo duong le";

/// Cantonese surnames, which come first before two given names or one with a hyphen.
const CANTONESE: &str = "chan leung wong cheung lam ng ho kwok lau tse yip chow cheng mak fung tsang \
yeung yuen chiu lai siu poon tam kwan ip kwong choi lo";

/// Korean surnames, which come first before a given name with a hyphen.
const KOREAN: &str =
    "kim park lee choi jung jeong kang cho yoon jang lim han shin seo kwon hwang ahn song yoo";

fn has(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

/// Whether a folded word is a common Chinese surname.
pub(super) fn is_surname(word: &str) -> bool {
    has(SURNAMES, word)
}

/// Whether a folded word is Chinese by its sound.
pub(super) fn is_pinyin(word: &str) -> bool {
    is_surname(word) || has(SYLLABLES, word) || two_syllables(word)
}

fn two_syllables(word: &str) -> bool {
    let ends = word.char_indices().map(|(at, _)| at).skip(1);
    ends.into_iter().any(|at| {
        let (one, two) = word.split_at(at);
        let is_syllable = |part: &str| has(SURNAMES, part) || has(SYLLABLES, part);
        is_syllable(one) && is_syllable(two)
    })
}

/// Whether a folded word is a given name and no surname.
pub(super) fn is_given(word: &str) -> bool {
    has(GIVEN, word)
}

/// Whether the first of these folded words is the surname.
pub(super) fn surname_is_first(words: &[&str]) -> bool {
    let [first, rest @ ..] = words else {
        return false;
    };
    let Some(last) = rest.last() else {
        return true;
    };
    if has(CANTONESE, first) && rest.len() == 2 && !has(CANTONESE, last) {
        return true;
    }
    let asian = is_surname(first) || has(KOREAN, first) || has(CANTONESE, first);
    if has(FIRST, first) || (asian && last.contains('-')) {
        return true;
    }
    let chinese = rest.iter().all(|word| is_pinyin(word));
    is_surname(first) && (chinese || is_given(last))
}
