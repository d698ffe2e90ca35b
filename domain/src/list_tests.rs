use super::*;
use crate::{people::Department, ports::Phenomenon};

fn lists() -> Lists {
    let phenomenon = Phenomenon { code: "zorgfraude".into(), nl: "Zorgfraude".into(), en: "Care fraud".into() };
    let department = Department { id: DepartmentId(Uuid::from_u128(7)), name: "Zorg".into() };
    Lists { departments: vec![department], phenomena: vec![phenomenon], ..Lists::default() }
}

fn asked(pairs: &[(&str, &str)]) -> FormValues {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn what_is_set_is_read_back_out_of_the_address() {
    let department = Uuid::from_u128(7).to_string();
    let pairs = [
        ("status", "received"),
        ("afdeling", department.as_str()),
        ("fenomeen", "zorgfraude"),
        ("van", "2026-01-31"),
        ("tot", "2026-02-01"),
        ("eigen", "ja"),
    ];
    let (list, ignored) = SignalList::read(&asked(&pairs), &lists());
    assert_eq!(ignored, []);
    let set = list.filters();
    assert_eq!(set.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>(), pairs);
    assert_eq!(SignalList::read(&set.into_iter().map(|(n, v)| (n.to_owned(), v)).collect(), &lists()).0, list);
}

#[test]
fn nonsense_is_told_and_the_rest_counts() {
    for (name, value) in [
        ("status", "open"),
        ("afdeling", "00000000-0000-0000-0000-000000000008"),
        ("afdeling", "' OR 1=1"),
        ("fenomeen", "Zorgfraude"),
        ("van", "31-02-2026"),
        ("tot", "gisteren"),
        ("eigen", "nee"),
        ("volgorde", "mooiste"),
    ] {
        let (list, ignored) = SignalList::read(&asked(&[(name, value), ("doel", "x")]), &lists());
        assert_eq!(list, SignalList::default(), "{name}={value}");
        assert_eq!(ignored, [Ignored::Filter(name)], "{name}={value}");
        let (list, _) = SignalList::read(&asked(&[(name, value), ("tot", "2026-01-01")]), &lists());
        assert_eq!(list.period.until.is_some(), name != "tot", "what makes sense counts");
    }
    let (list, ignored) = SignalList::read(&asked(&[("van", "2026-02-01"), ("tot", "2026-01-01")]), &lists());
    assert_eq!((list, ignored), (SignalList::default(), vec![Ignored::Period]));
    for (name, value) in [("na", "x"), ("voor", &"g".repeat(48)), ("na", &"é".repeat(24)), ("pagina", "99999999999")] {
        let (list, ignored) = CaseList::read(&asked(&[(name, value)]), &lists());
        assert_eq!((list, ignored), (CaseList::default(), vec![Ignored::Place]), "{name}={value}");
    }
    assert_eq!(CaseList::read(&asked(&[("pagina", "1")]), &lists()).1, []);
}

#[test]
fn a_place_is_read_as_it_is_written() {
    for at in [0, -1, 1_795_424_399_000_000, i64::MAX, i64::MIN] {
        let cursor = Cursor { at: Moment(at), id: Uuid::from_u128(0x00ff_u128 << 64 | 3) };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
    }
}

#[test]
fn a_count_is_exact_to_a_thousand() {
    let counts = [0, 1_000, 1_001, -1].map(Count::of);
    assert_eq!(counts, [Count::Exactly(0), Count::Exactly(1_000), Count::More, Count::More]);
}

#[test]
fn a_period_holds_whole_days_on_the_clock_of_the_netherlands() {
    let day = |text: &str| text.parse::<Day>().ok();
    let moments = |from, until| Period { from: day(from), until: day(until) }.moments();
    let at = |text| Moment::from_iso(text);
    assert_eq!(moments("2026-01-01", "2026-01-01"), (at("2025-12-31T23:00:00Z"), at("2026-01-01T23:00:00Z")));
    assert_eq!(moments("2026-03-29", "2026-03-29"), (at("2026-03-28T23:00:00Z"), at("2026-03-29T22:00:00Z")));
    assert_eq!(moments("2026-10-25", "2026-10-25"), (at("2026-10-24T22:00:00Z"), at("2026-10-25T23:00:00Z")));
    assert!(day("9999-12-31").map(Day::next).is_some(), "the last day there is has no next one, and is no fault");
}
