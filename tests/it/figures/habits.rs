//! What people do, and how often: where they report what, what follows, and how long they wait.

use linli::domain::ids::MINUTE_MS;

use crate::simulation::chance::Chance;

/// Where things are reported, with weights.
pub const PLACES: [(usize, &str); 5] =
    [(40, "1"), (28, "2"), (18, "3"), (9, "notice"), (5, "staff")];

/// What is reported, with weights: all of it in flats, so that none joins another.
pub const REPORTS: [(usize, &str); 25] = [
    (9, "#报修 家里厨房水管漏水"),
    (8, "#报修 家里卫生间马桶堵了"),
    (8, "#报修 家里停电了"),
    (6, "#报修 家里客厅灯不亮，不急"),
    (5, "#报修 家里空调不制冷"),
    (7, "#报修 家里卧室门锁坏了"),
    (4, "#报修 家里阳台窗户关不上，不急"),
    (4, "#报修 我家门锁打不开，急"),
    (6, "#报修 家里网络断了"),
    (3, "#报修 家里电视没信号，不急"),
    (5, "#报修 家里卧室墙面开裂"),
    (4, "#报修 家里爆管了，急"),
    (4, "#报修 家里水龙头滴水，有空来看看"),
    (3, "#报修 家里蟑螂很多"),
    (3, "#报修 家里对讲不响"),
    (2, "#报修 家里东西坏了"),
    (6, "#投诉 楼上太吵"),
    (4, "#投诉 隔壁装修噪音，不急"),
    (3, "#投诉 家里下水道返味"),
    (3, "#建议 家里多装一个插座"),
    (2, "#建议 家里阳台外的树枝修剪一下"),
    (4, "#咨询 物业费怎么交"),
    (2, "#咨询 家里宽带怎么报装"),
    (4, "#缴费 家里水费多收了"),
    (3, "#紧急 家里厨房水管漏水"),
];

/// What is reported where people are in danger.
pub const DANGERS: [&str; 3] = [
    "#紧急 家里厨房着火了",
    "#报修 家里闻到煤气味",
    "#报修 家里插座漏电",
];

/// What names its home where people of all buildings talk.
pub const ADDRESSED: [&str; 3] = [
    "#报修 3-2-501 家里卫生间漏水",
    "#报修 1-1-302 家里停电了，急",
    "#报修 2-1-804 家里厨房灯不亮",
];

/// What follows a report: paths with weights, and in each step how much later who does what. In words `#` is the ticket's
/// number, `←` an earlier one's, `★` a number of stars. `replies` is said in the thread of the report, `undoes` takes the
/// act before it back, and `posts` is linli's card, without which nobody taps. Much of it comes in vain: claims expire, and
/// some have no right to what they do.
const PATHS: &str = "
- 18 soon worker !claim #; shortly worker !start #; hours worker !done #; day reporter !confirm #;
    hours reporter !rate # ★
- 16 soon worker !claim #; shortly worker !onmyway #; hours worker !done #; days reporter !rate # ★
- 12 soon worker !claim #; shortly worker !start #; hours worker !done #; hours reporter !reopen #;
    shortly worker !claim #; shortly worker !start #; hours worker !done #; day reporter !confirm #;
    hours reporter !rate # ★
- 4 soon worker !claim #; shortly worker !start #; hours worker !done #; hours reporter !confirm #;
    days reporter !reopen #; hours worker !start #; hours worker !done #; at-once reporter !rate # ★;
    hours reporter !rate # ★
- 3 soon worker !claim #; shortly worker !start #; hours worker !done #; hours reporter !reopen #;
    hours worker !done #; hours reporter !reopen #; hours worker !done #; day reporter !confirm #
- 7 soon worker !claim #; at-once worker !wait # 何时在家; day reporter replies 今天晚上在家;
    hours worker !done #; days reporter !rate # ★
- 2 soon worker !claim #; at-once worker !wait # 何时在家; days worker !done #; hours reporter !confirm #
- 3 soon worker !claim #; at-once worker !wait # 何时在家; hours worker !resume #; hours worker !material # 阀门;
    days worker !resume #; hours worker !done #
- 4 soon worker !claim #; shortly worker !material # 阀门; days worker !done #; at-once worker !undone #;
    hours worker !done #; day reporter !confirm #
- 3 soon worker !claim #; shortly worker !start #; hours worker !done #; at-once worker !undone #;
    day worker !done #; day reporter !confirm #
- 5 soon desk !decline # 不归物业管
- 2 soon desk !decline # 请找电信; hours reporter !reopen #; hours manager !assign # @张师傅;
    shortly zhang !start #; day zhang !done #
- 5 hours reporter !cancel #
- 2 soon worker !claim #; shortly reporter !cancel #; hours reporter !reopen #; hours worker !claim #;
    shortly worker !start #; hours worker !done #
- 7 soon desk !merge # ←
- 2 soon desk !merge # ←; hours desk !unmerge #; hours worker !claim #; shortly worker !start #;
    hours worker !done #
- 4 soon worker !claim #; at-once worker !unclaim #; hours desk !assign # @王师傅; shortly wang !start #;
    day wang !done #; day reporter !confirm #
- 2 soon worker !claim #; days other !claim #; shortly other !start #; hours other !done #
- 2 days reporter !cancel #
- 1 at-once reporter replies 麻烦快点来
- 3 soon worker replies 收到，下午过来; hours worker !claim #; shortly worker !start #; hours worker !done #;
    day reporter !confirm #
- 2 at-once reporter replies 麻烦快点来; soon reporter replies 还在漏; day worker !claim #;
    shortly worker !start #; hours worker !done #
- 2 soon desk replies 收到，下午过来; at-once desk undoes; day worker !claim #; shortly worker !start #;
    hours worker !done #
- 2 soon desk !eta # 2h; day worker !claim #; shortly worker !start #; hours worker !done #;
    hours reporter !rate # ★
- 1 soon worker shows; hours worker !claim #; shortly worker !start #; hours worker !done #
- 1 at-once desk !urgent # P1; soon worker !claim #; shortly worker !start #; hours worker !done #
- 1 at-once desk !urgent # P0; soon worker !claim #; at-once worker !start #; hours worker !done #
- 1 soon worker !claim #; shortly worker !start #; days worker !done #; at-once desk !urgent # P3;
    at-once desk !category # complaint
- 1 at-once desk !trade # structure; soon worker !claim #; shortly worker !start #; hours worker !done #
- 3 at-once linli posts; soon worker taps 🙋; shortly worker taps 🔧; hours worker taps ✅; at-once worker undoes;
    hours worker !done #; hours reporter taps 2️⃣; hours reporter undoes
- 2 at-once linli posts; soon worker taps 🙋; at-once worker undoes; hours worker !claim #;
    shortly worker !start #; hours worker taps ✅; day reporter taps 👍; hours reporter taps 5️⃣
- 3 at-once worker !done #; at-once reporter !confirm #; soon worker !claim #; at-once other !done #;
    at-once worker !confirm #; at-once reporter !rate # ★; shortly worker !start #; at-once desk !resume #;
    hours worker !done #; at-once other !undone #; day reporter !undone #; at-once reporter !rate # 9;
    hours reporter !confirm #; at-once reporter !confirm #; at-once other !cancel #; hours worker !done #
- 1 soon manager !done #; hours manager !confirm #
- 1 soon manager !cancel #; at-once desk !merge # ←
- 1 soon worker !claim #; days worker !done #; hours reporter !confirm #
- 1 soon worker !claim #; shortly worker !start #; days worker !unclaim #
- 1 soon worker !claim #; hours worker !wait # 何时在家
";

/// Minutes until staff first do something, with weights.
pub const SOON: [(usize, (usize, usize)); 4] = [
    (50, (0, 6)),
    (20, (6, 30)),
    (18, (30, 300)),
    (12, (300, 2_400)),
];
/// Minutes between the moments at which anything happens, with weights.
pub const BY_DAY: [(usize, (usize, usize)); 3] = [(65, (2, 10)), (28, (10, 25)), (7, (25, 70))];
pub const BY_NIGHT: [(usize, (usize, usize)); 2] = [(20, (1, 6)), (80, (40, 180))];

/// One of them, by weight.
pub fn drawn<T: Copy>(chance: &mut Chance, of: &[(usize, T)]) -> T {
    let weights: Vec<usize> = of.iter().map(|(weight, _)| *weight).collect();
    of[chance.weighted(&weights)].1
}

/// A length of time between so many minutes.
pub fn minutes(chance: &mut Chance, (from, until): (usize, usize)) -> i64 {
    let least = i64::try_from(from).expect("a small number");
    least * MINUTE_MS + chance.ms((until - from) * 60_000)
}

/// The paths with their weights.
pub fn paths() -> Vec<(usize, &'static str)> {
    let path = |path: &'static str| {
        let (weight, steps) = path.split_once(' ').expect("a weight");
        (weight.parse().expect("a number"), steps)
    };
    PATHS.split("\n- ").skip(1).map(path).collect()
}
