//! The picture of a timeline, as SVG made here: a lane for each kind of thing, a mark on each day, nothing that needs a script or
//! a style of its own. It says nothing that the table beside it does not say; its shapes tell the kinds apart without colour.

use super::timeline::said;
use crate::texts::{Named, day, month, t, tf, timeline::*};
use leptos::prelude::*;
use plein_domain::{
    case::{ChangeKind, Happening, Lane, TimelineEvent, TimelineView},
    moment::Day,
};
use time::{Date, Duration};

/// Which of the two pictures it is: the style sheet shows the one that fits, so that what is written in it stays readable.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    /// For a desk, and paper.
    Wide,
    /// For a telephone.
    Narrow,
}

impl Width {
    /// In the units of the picture, which are pixels at its full size.
    const fn units(self) -> f64 {
        match self {
            Self::Wide => 960.0,
            Self::Narrow => 340.0,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }
}

/// Room at both ends of the axis, for half a mark and half a word.
const EDGE: f64 = 28.0;
/// From the top of a lane to its first row: its name.
const NAME: f64 = 34.0;
/// From one row of marks to the next, and how near two marks of a row may come.
const ROW: f64 = 18.0;
/// Rows of a lane at most; what does not fit is drawn over the last one.
const ROWS: usize = 8;
/// Room below the lanes for the days.
const AXIS: f64 = 44.0;
/// How far apart two words on the axis must be.
const WORD: f64 = 84.0;
const RADIUS: f64 = 6.0;

/// From days to places.
struct Scale {
    first: Date,
    days: f64,
    width: f64,
}

impl Scale {
    fn of(view: &TimelineView, width: Width) -> Self {
        let (first, last) = view.span();
        // A case of one day must not be divided by nothing.
        let days = (last.0 - first.0).whole_days().max(1);
        Self { first: first.0, days: days as f64, width: width.units() - 2.0 * EDGE }
    }

    fn at(&self, date: Date) -> f64 {
        EDGE + (date - self.first).whole_days() as f64 / self.days * self.width
    }

    /// The days that are named on the axis, each with its name: weeks on a short one, months or years on a longer one.
    fn named(&self) -> Vec<(f64, String)> {
        let apart = WORD * self.days / self.width;
        let last = self.first.saturating_add(Duration::days(self.days as i64));
        let mut named = Vec::new();
        if apart <= 28.0 {
            let step = (apart.ceil() as i64).max(1);
            let mut date = self.first;
            while date <= last {
                named.push((self.at(date), format!("{} {}", date.day(), month(Day(date)))));
                date = date.saturating_add(Duration::days(step));
            }
            return named;
        }
        let months = (apart / 28.0).ceil() as i32;
        let step = [1, 2, 3, 6, 12, 24, 60, 120].into_iter().find(|step| *step >= months);
        let step = step.unwrap_or((months + 119) / 120 * 120);
        let from = self.first.year() * 12 + i32::from(u8::from(self.first.month())) - 1;
        let mut number = from.div_euclid(step) * step;
        loop {
            let in_year = u8::try_from(number.rem_euclid(12) + 1).unwrap_or(1);
            let month_of = time::Month::try_from(in_year).unwrap_or(time::Month::January);
            let Ok(date) = Date::from_calendar_date(number.div_euclid(12), month_of, 1) else { break };
            if date > last {
                break;
            }
            if date >= self.first {
                named.push((self.at(date), format!("{} {}", month(Day(date)), date.year())));
            }
            number += step;
        }
        named
    }
}

/// The marks of one lane: each event with its place and row; and how many rows there are.
fn placed<'a>(view: &'a TimelineView, lane: Lane, scale: &Scale) -> (Vec<(&'a TimelineEvent, f64, usize)>, usize) {
    let mut ends: Vec<f64> = Vec::new();
    let mut marks = Vec::new();
    for event in view.events.iter().filter(|event| event.what.lane() == Some(lane)) {
        let x = scale.at(event.day.0);
        let free = ends.iter().position(|end| *end + ROW <= x);
        let row = match free {
            Some(row) => row,
            None if ends.len() < ROWS => {
                ends.push(x);
                ends.len() - 1
            }
            None => ROWS - 1,
        };
        if let Some(end) = ends.get_mut(row) {
            *end = x;
        }
        marks.push((event, x, row));
    }
    (marks, ends.len().max(1))
}

/// The picture of a timeline.
pub(super) fn picture(view: &TimelineView, width: Width) -> AnyView {
    let scale = Scale::of(view, width);
    let right = width.units();
    let mut top = 0.0;
    let mut lanes = Vec::new();
    for lane in Lane::ALL.iter().copied() {
        let (marks, rows) = placed(view, lane, &scale);
        let height = NAME + rows as f64 * ROW + 6.0;
        let marks = marks.into_iter().map(|(event, x, row)| mark(event, x, top + NAME + (row as f64 + 0.5) * ROW));
        lanes.push(
            view! {
                <g>
                    <rect class="timeline__lane" x="0" y=number(top) width=number(right) height=number(height - 4.0) rx="4" />
                    <text class="timeline__name" x="8" y=number(top + 20.0)>{t(lane.text())}</text>
                    {marks.collect_view()}
                </g>
            }
            .into_any(),
        );
        top += height;
    }
    let today = scale.at(view.today.0);
    // The word stays within the picture, whichever end today is near.
    let anchor = if today > right - 60.0 {
        "end"
    } else if today < 60.0 {
        "start"
    } else {
        "middle"
    };
    let height = top + AXIS;
    let days = scale.named().into_iter().map(|(x, name)| {
        view! {
            <g>
                <line class="timeline__tick" x1=number(x) x2=number(x) y1=number(top) y2=number(top + 6.0) />
                <text class="timeline__day" x=number(x) y=number(top + 20.0) text-anchor="middle">{name}</text>
            </g>
        }
    });
    let (first, last) = view.span();
    let described = tf(PICTURE, &[&view.events.len().to_string(), &day(first), &day(last)]);
    let (title_id, desc_id) = (format!("tijdlijn-{}", width.name()), format!("tijdlijn-{}-uitleg", width.name()));
    view! {
        <svg class=format!("timeline__picture timeline__picture--{}", width.name()) role="img"
            viewBox=format!("0 0 {} {}", number(right), number(height))
            aria-labelledby=title_id.clone() aria-describedby=desc_id.clone()>
            <title id=title_id.clone()>{tf(OF_CASE, &[&view.case.reference.to_string()])}</title>
            <desc id=desc_id.clone()>{described}</desc>
            {lanes}
            <line class="timeline__today" x1=number(today) x2=number(today) y1="0" y2=number(top + 24.0) />
            <text class="timeline__day timeline__day--today" x=number(today) y=number(top + 38.0) text-anchor=anchor>
                {t(TODAY)}
            </text>
            {days.collect_view()}
        </svg>
    }
    .into_any()
}

/// A mark: a circle for what was seen, a square for what was linked or a step of the case, a diamond for versions, a triangle for
/// what is due. What is ended, late or not decided yet is hollow.
fn mark(event: &TimelineEvent, x: f64, y: f64) -> AnyView {
    let (r, told) = (RADIUS, said(event));
    let told = format!("{}: {told}", day(event.day));
    let points = |corners: &[(f64, f64)]| {
        let corner = |(dx, dy): &(f64, f64)| format!("{},{}", number(x + dx), number(y + dy));
        corners.iter().map(corner).collect::<Vec<_>>().join(" ")
    };
    let hollow = matches!(
        event.what,
        Happening::Received
            | Happening::Due(_, true)
            | Happening::Changed(ChangeKind::Unlinked | ChangeKind::VersionKept | ChangeKind::Answered)
    );
    let class = format!(
        "timeline__mark timeline__mark--{}{}",
        event.what.lane().map_or("", Lane::code),
        if hollow { " timeline__mark--hollow" } else { "" }
    );
    let shape = match event.what {
        Happening::Observed | Happening::Received => {
            view! { <circle class=class cx=number(x) cy=number(y) r=number(r) /> }.into_any()
        }
        Happening::Changed(ChangeKind::Linked | ChangeKind::Unlinked | ChangeKind::Opened | ChangeKind::PlanBegun) => {
            let side = number(2.0 * r - 1.0);
            view! { <rect class=class x=number(x - r + 0.5) y=number(y - r + 0.5) width=side.clone() height=side /> }
                .into_any()
        }
        Happening::Due(..) => {
            let corners = [(0.0, -r), (r + 1.0, r), (-r - 1.0, r)];
            view! { <polygon class=class points=points(&corners) /> }.into_any()
        }
        Happening::Changed(_) => {
            let corners = [(0.0, -r - 1.0), (r + 1.0, 0.0), (0.0, r + 1.0), (-r - 1.0, 0.0)];
            view! { <polygon class=class points=points(&corners) /> }.into_any()
        }
    };
    view! { <g><title>{told}</title>{shape}</g> }.into_any()
}

/// A place, to a tenth of a pixel.
fn number(place: f64) -> String {
    format!("{place:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Lang;
    use proptest::prelude::*;

    fn view(days: &[(&str, Happening)]) -> TimelineView {
        let event = |(day, what): &(&str, Happening)| TimelineEvent {
            day: day.parse().expect("a day"),
            what: *what,
            signals: vec!["S-2026-0001".into()],
            version: Some(1),
        };
        let today = "2026-11-24".parse().expect("a day");
        TimelineView::new(crate::tests::case_head(), days.iter().map(event).collect(), today)
    }

    #[test]
    fn a_case_of_one_day_and_one_of_years_are_drawn_within_the_picture() {
        for first in ["2026-11-24", "2026-11-20", "2026-08-01", "2019-03-04", "1890-01-01"] {
            let view = view(&[(first, Happening::Observed)]);
            for width in [Width::Wide, Width::Narrow] {
                let scale = Scale::of(&view, width);
                for event in &view.events {
                    let x = scale.at(event.day.0);
                    assert!((EDGE..=width.units() - EDGE).contains(&x), "{first}: {x}");
                }
                let named = Owner::new().with(|| scale.named());
                assert!(named.len() <= (width.units() / WORD) as usize + 2, "{first}: {named:?}");
                assert!(!named.is_empty() || first.ends_with("01-01"), "{first}");
                let near = named.windows(2).find(|pair| pair[1].0 - pair[0].0 < WORD * 0.9);
                assert_eq!(near, None, "{first}: words over each other");
            }
        }
    }

    #[test]
    fn marks_of_one_day_stand_under_each_other_and_beyond_a_limit_over_each_other() {
        let one = ("2026-11-20", Happening::Observed);
        let scale = |view: &TimelineView| Scale::of(view, Width::Wide);
        let few = view(&[one; 3]);
        let (marks, rows) = placed(&few, Lane::Signals, &scale(&few));
        assert_eq!((marks.iter().map(|mark| mark.2).collect::<Vec<_>>(), rows), (vec![0, 1, 2], 3));
        let many = view(&[one; 50]);
        let (marks, rows) = placed(&many, Lane::Signals, &scale(&many));
        assert_eq!((marks.len(), rows), (50, ROWS));
    }

    #[test]
    fn a_picture_tells_what_it_shows_and_names_nothing_twice() {
        let view = view(&[("2026-11-01", Happening::Observed), ("2026-12-01", Happening::Changed(ChangeKind::Opened))]);
        let drawn = Owner::new().with(|| {
            provide_context(Lang::En);
            format!("{}{}", picture(&view, Width::Wide).to_html(), picture(&view, Width::Narrow).to_html())
        });
        assert!(drawn.contains("2 events from 1 November 2026 to 1 December 2026"), "{drawn}");
        let ids: Vec<&str> = drawn.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!((ids.len(), once.len()), (4, 4));
        assert!(!drawn.contains("style="), "{drawn}");
    }

    proptest! {
        #[test]
        fn no_two_marks_of_a_lane_cover_each_other_as_long_as_there_are_rows(days in prop::collection::vec(0_i64..400, 1..ROWS)) {
            let first = time::macros::date!(2026 - 01 - 01);
            let events = days.iter().map(|after| TimelineEvent {
                day: Day(first + Duration::days(*after)),
                what: Happening::Observed,
                signals: vec![],
                version: None,
            });
            let view = TimelineView::new(crate::tests::case_head(), events.collect(), Day(first));
            let (marks, _) = placed(&view, Lane::Signals, &Scale::of(&view, Width::Narrow));
            for (at, one) in marks.iter().enumerate() {
                for other in &marks[..at] {
                    prop_assert!(one.2 != other.2 || (one.1 - other.1).abs() >= ROW);
                }
            }
        }
    }
}
