//! Where it is, in English: "on the bench next to the pond", "Bldg 19 lobby". Nothing here does IO.

use std::ops::Range;

use super::super::{
    super::words::{ends_with_any, is_han},
    grammar::{self, Part},
    pattern::{Pattern, compile},
    things,
};

/// Heads of places, and numbered buildings and homes.
const SPOT: &str = r"(?:(?:bldg|building|tower|block|blk|unit|apt|phase|floor|level)\.? ?#?(?:[0-9][0-9a-z]{0,2}|[b-z])\b|[0-9]{1,2}-[0-9]{1,2}-[0-9]{3,4}|[0-9](?:st|nd|rd|th) floor|gates?|gatehouse|(?:ladies|gents)'?(?: loo| room| toilets?)?|loos?|lobby|locker room|skate ramp|shuttle bus stop|shuttle stop|path|lift|elevator|stairwell|stairs|staircase|corridor|hallway|basement|garage|car ?park|parking(?: lot| garage| area)?|playground|slide|swings?|sandpit|sand pit|sandbox|fountain|pond|lake|river|riverside|garden|gardens|flower ?beds?|lawn|grass|bushes|bush|bench|benches|pavilion|courtyard|square|plaza|park|gym|pool|clubhouse|club house|court|courts|field|pitch|track|library|community (?:centre|center|hall|room)|activity room|laundry room|bike (?:shed|rack|room)|bin room|bins|trash (?:room|area)|recycling|parcel lockers?|lockers?|mail ?boxes|mailroom|letterboxes|security (?:desk|booth|room|office)|guard ?(?:house|booth|room)|reception|management office|property office|front desk|supermarket|market|shop|store|convenience store|bakery|cafe|coffee shop|caf[eé]|starbucks|pharmacy|clinic|hospital|vet|bank|school|kindergarten|nursery|metro(?: station)?|subway(?: station)?|bus stop|bus station|station|roof|rooftop|balcony|terrace|entrance|exit|path|trail|road|street|bridge|crossing|wall|fence|bay|shelf|shelter|studio|room|centre|center|loop|area|counter|stall|steps|platform|ramp|yard|dock|deck|corner|alley|lane|avenue|rd|st|footpath|canteen|theatre|theater|cinema|arcade|tunnel|underpass|crosswalk|rink|stadium|arena|shed|food court|laundromat|towpath|embankment|promenade|greenhouse|allotment|orchard|hill|forest|woods|temple|museum|church|hotel|office|salon|kiosk|atm|vending machine|letterbox|postbox|porch|patio|driveway|sidewalk|pavement|zebra crossing|roundabout|junction|intersection|bus lane|monkey bars|climbing frame|seesaw|trampoline|paddling pool|changing rooms?|toilets?|restroom|bathroom|washroom|sauna|terminal|car wash|petrol station|gas station|pet shop|post office|sign|pole|lamp ?post|stump|hedge|gatepost|bin|dumpster|skip|mound|pier|jetty|dam|weir|mall|hall|fire escape|windowsill|doorstep|bus|taxi|restaurant|tennis courts?|basketball courts?)s?\b";

/// Behind a preposition, the spots one after the other.
static LED: Pattern = Pattern::new(|| {
    compile(&format!(
        r"(?:\b(?:in front of|next to|in|at|near|by|on|outside|behind|under|from|around|round|beside|between|inside|opposite|to|towards?|along|past|off|left|meet|across|through|thru)|@|在)(?: the back of| the corner of| the side of)? (?<x>(?:(?:the |our |my |a |an |this |any )?(?:[a-z0-9'-]+ ){{0,3}}?{SPOT}(?: {SPOT})*)(?:(?:,? | \()?(?:of|in|at|by|near|next to|outside|behind|between|on|under|opposite|inside|and|beside|from)? ?(?:the |our |my )?(?:[a-z0-9]+ ){{0,2}}?{SPOT}(?: {SPOT})*)?(?:,? \(?(?:zone|row) [a-z]\b\)?)?(?: [0-9]{{1,2}}\b| b[12]\b)?(?: on (?:lane|street|road) [0-9]{{1,4}})?)"
    ))
});
/// A clause that is nothing but a place.
static ALONE: Pattern = Pattern::new(|| {
    compile(&format!(
        r"(?:^|[STOP\n]|\s\s|[0-9] )[ -]?(?:at |outside )?(?<x>(?:the |our |my )?(?:[a-z0-9'-]+ ){{0,3}}?{SPOT}(?: {SPOT})*(?: (?:of|in|at|by|near|next to|outside|behind|on|from) (?:the |our )?(?:[a-z0-9]+ ){{0,2}}?{SPOT}(?: {SPOT})*)?) ?(?:$|[STOP\n]|\s\s| (?:pick|collect|pickup|only|is|cash|or)\b)"
    ))
});
/// Behind a preposition that only places follow, whatever the place is called.
static ANY: Pattern = Pattern::new(|| {
    compile(
        r"\b(?:at|near|outside|behind|inside|around|round|along|opposite|beside|next to|in front of|in|on|by|from|off) (?<x>the [a-z][a-z'-]*(?: [a-z][a-z'-]*){0,2}?(?: (?:on|in|of) [a-z]+(?: (?:rd|road|st|street|lane|avenue))?)?)(?: (?:on|at|this|last|yesterday|today|tonight|tomorrow|before|after|around|about|and|while|when|please|pls|monday|tuesday|wednesday|thursday|friday|saturday|sunday|is|was|if|with|for|i|we|she|he|it|next|every|to)\b|[STOP\n]|\s\s|$)",
    )
});
static NUMBERED: Pattern = Pattern::new(|| {
    compile(
        r"\b(?<x>(?:bldg|building|tower|block|blk)\.? ?#?(?:[0-9][0-9a-z]{0,2}|[b-z])(?: lobby)?\b|[0-9]{1,2}-[0-9]{1,2}-[0-9]{3,4})",
    )
});
static BARE: Pattern = Pattern::new(|| {
    compile(&format!(
        r"\b(?<x>(?:(?:north|south|east|west|main|front|back|rear)[a-z-]* )?{SPOT}(?: {SPOT})*)\b"
    ))
});

/// A building or a home, where nothing else of the place is told with it: "paddle included - 6-1-1101".
pub(super) fn home(own: &str, lives_there: impl Fn(&Range<usize>) -> bool) -> Option<Range<usize>> {
    let home = NUMBERED.find(own).filter(|range| !lives_there(range))?;
    let has_more = |pattern: &'static Pattern| {
        let around = pattern.overlapping(own).into_iter();
        let mut around = around.filter(|spot| spot.start < home.end && home.start < spot.end);
        around.any(|spot| {
            let more = [spot.start..home.start, home.end..spot.end];
            more.into_iter()
                .any(|more| own.get(more).is_some_and(|more| BARE.is_in(more)))
        })
    };
    (!has_more(&LED) && !has_more(&ALONE)).then_some(home)
}

/// The English place; where a question is answered, a spot by itself is one.
pub(super) fn find(
    own: &str,
    is_answer: bool,
    lives_there: impl Fn(&Range<usize>) -> bool,
) -> Option<Range<usize>> {
    let first = |pattern: &'static Pattern| {
        let mut found = pattern
            .overlapping(own)
            .into_iter()
            .filter_map(|range| trimmed(own, range));
        found.find(|range| !lives_there(range) && !is_other(&own[range.clone()]))
    };
    let spots = [first(&LED), first(&ALONE)].into_iter().flatten();
    spots
        .min_by_key(|range| range.start)
        .or_else(|| NUMBERED.find(own))
        .or_else(|| first(&ANY).filter(|_| !own.chars().any(is_han)))
        .or_else(|| BARE.find(own).filter(|_| is_answer))
}

/// A place without words before its spot that are none of its name: "paddle included - 6-1-1101".
fn trimmed(own: &str, range: Range<usize>) -> Option<Range<usize>> {
    let text = &own[range.clone()];
    let spot = BARE.find(text).map_or(0, |spot| spot.start);
    let mut start = 0;
    for (at, _) in text.char_indices().take_while(|(at, _)| *at < spot) {
        let begins = at == 0 || text[..at].ends_with([' ', '-']);
        let word = begins
            .then(|| grammar::at(text, at))
            .flatten()
            .filter(|word| word.end <= spot);
        match word.map(|word| (word.meaning, word.end)) {
            Some((Part::Act | Part::Stop | Part::Aside | Part::Where, end)) => start = end,
            Some((Part::Mod | Part::Count | Part::Of | Part::Noun, _)) | None => {}
        }
    }
    let denied = [text[..start].trim_end(), own[..range.start].trim_end()];
    let is_denied = denied
        .into_iter()
        .any(|before| ends_with_any(before, &[" no", " not", "not", ",no", ", no", "without"]));
    let cut = text[start..].len() - text[start..].trim_start_matches([' ', '-']).len();
    let is_thing = things::all(own)
        .iter()
        .any(|hit| hit.end == range.end && hit.start < range.start + spot && hit.end > hit.start);
    (!is_denied && !is_thing).then_some(range.start + start + cut..range.end)
}

/// What follows a preposition and is nowhere.
fn is_other(place: &str) -> bool {
    const NONE: &[&str] = &[
        "the way",
        "the back",
        "the front",
        "the side",
        "the last",
        "the first",
        "the next",
        "the weekend",
        "the morning",
        "the evening",
        "the afternoon",
        "the end",
        "the group",
        "the price",
        "the same",
        "the phone",
        "the moment",
        "the time",
        "the rain",
        "the owner",
        "the finder",
        "the cat",
        "the dog",
        "the kids",
        "the lot",
        "the other",
        "the whole",
        "the best",
        "the holidays",
        "the year",
        "the month",
        "the week",
        "the day",
        "the night",
        "the past",
        "the house",
        "the door",
        "the table",
        "my car",
        "the car",
        "a table",
        "the bottom",
        "the top",
        "the inside",
        "the new",
        "the old",
        "the match",
        "the box",
        "the bag",
        "the road",
        "the move",
        "the tag",
        "the collar",
        "the loose",
        "the run",
        "the mend",
        "the nativity",
    ];
    NONE.iter().any(|none| {
        place == *none
            || place.starts_with(none) && place[none.len()..].starts_with(' ') && none.len() > 7
    })
}

#[cfg(test)]
pub(super) fn patterns() -> [&'static Pattern; 5] {
    [&LED, &ALONE, &ANY, &NUMBERED, &BARE]
}
