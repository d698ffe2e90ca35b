//! The table of permissions: it is what stands in the documentation, and nothing in it is what must never be.

use super::*;
use cedar_policy::{EntityId, EntityTypeName, EntityUid, Schema};
use std::{collections::BTreeSet, fmt::Write, path::Path, str::FromStr};

const BEGIN: &str = "<!-- made from the policies: begin -->";
const END: &str = "<!-- made from the policies: end -->";

fn rules() -> Rules {
    Policies::load().expect("policies").rules()
}

/// Which circumstances a row is about, in words.
fn when(row: &Row) -> String {
    if row.always {
        return "always".into();
    }
    let one = |when: &Circumstance| match when {
        Circumstance::Always => "always".into(),
        Circumstance::Signal(state, offers) => {
            format!("{}, {}", state.code(), if *offers { "offers something" } else { "offers nothing" })
        }
        Circumstance::Case(state) => state.code().to_owned(),
        Circumstance::Own => "own".into(),
        Circumstance::Others => "another's".into(),
        Circumstance::AboutOneself => "another's, about oneself".into(),
        Circumstance::Glass(is) => is.code().to_owned(),
    };
    row.when.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// The tables in Markdown.
fn written(rules: &Rules) -> String {
    let mut text = String::new();
    for table in &rules.tables {
        let who: Vec<_> = table.who.iter().map(|who| who.code()).collect();
        let _ = write!(text, "\n### {}\n\n| | when | {} |\n|---|---|", table.thing.code(), who.join(" | "));
        let _ = writeln!(text, "{}", "---|".repeat(who.len()));
        for row in &table.rows {
            let cells = row.cells.iter().map(|under| {
                if under.is_empty() {
                    return "–".to_owned();
                }
                under.iter().map(|one| one.code()).collect::<Vec<_>>().join(", ")
            });
            let cells = cells.collect::<Vec<_>>().join(" | ");
            let _ = writeln!(text, "| {} | {} | {cells} |", row.action.code(), when(row));
        }
    }
    text
}

#[test]
fn the_documentation_has_the_table_that_the_policies_make() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/permissions.md");
    let text = std::fs::read_to_string(&file).expect("docs/permissions.md");
    let (before, rest) = text.split_once(BEGIN).expect("where the tables begin");
    let (there, after) = rest.split_once(END).expect("where the tables end");
    let made = format!("\n{}\n", written(&rules()).trim_start_matches('\n'));
    if std::env::var_os("PLEIN_WRITE_DOCS").is_some() {
        std::fs::write(&file, format!("{before}{BEGIN}{made}{END}{after}")).expect("it can be written");
    } else {
        assert_eq!(
            there, made,
            "the policies changed: look at what changes, and run this test with PLEIN_WRITE_DOCS=1"
        );
    }
}

#[test]
fn everything_that_can_be_asked_is_permitted_to_somebody_and_is_asked_of_what_the_schema_says() {
    let rules = rules();
    assert_eq!(rules.policies, Policy::ALL, "each policy is there, and none is only a name");
    let possible: BTreeSet<&str> =
        rules.tables.iter().flat_map(|table| &table.rows).map(|row| row.action.code()).collect();
    let (schema, _) = Schema::from_cedarschema_str(super::super::SCHEMA).expect("schema");
    let kind = EntityTypeName::from_str("Action").expect("a name");
    for action in Action::ALL {
        assert!(possible.contains(action.code()), "nobody may {}", action.code());
        let uid = EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(action.code()));
        let asked: Vec<String> = schema
            .resources_for_action(&uid)
            .unwrap_or_else(|| panic!("the schema has no {}", action.code()))
            .map(|name| name.to_string().to_lowercase())
            .collect();
        assert_eq!(asked, [thing(*action).code()], "{}", action.code());
    }
}

#[test]
fn who_supervises_or_runs_the_program_gets_at_no_content() {
    for table in rules().tables {
        for row in &table.rows {
            for (who, under) in table.who.iter().zip(&row.cells) {
                let own = [
                    Action::ViewOwnLog,
                    Action::ViewOwnNotices,
                    Action::Write,
                    // What one wrote oneself, and less than there was.
                    Action::ViewOwnBreakGlass,
                    Action::StopBreakGlass,
                ];
                // About the log, and about nothing that stands in a record.
                let log = [
                    Action::SearchLog,
                    Action::ExportLog,
                    Action::ReadProcessings,
                    Action::LookUpSubject,
                    Action::ViewLookUp,
                    Action::ListReviews,
                ];
                // About staff, and about nothing that stands in a record.
                let places = [
                    Action::ListPeople,
                    Action::ListProposals,
                    Action::ViewPlace,
                    Action::ChangePlace,
                    Action::EndSessions,
                    Action::DecideProposal,
                    Action::WithdrawProposal,
                ];
                let reviews = [Action::ViewReview, Action::GiveReview];
                let none = matches!(who, Who::Fg | Who::Administrator);
                let fine = !none
                    || own.contains(&row.action)
                    || log.contains(&row.action)
                    || (*who == Who::Fg && reviews.contains(&row.action))
                    || (*who == Who::Administrator && places.contains(&row.action))
                    || under.is_empty();
                assert!(fine, "{} {}", who.code(), row.action.code());
                let supervises = *who == Who::Fg && *under == [Under::Supervision];
                assert!(
                    !log.contains(&row.action) || supervises || under.is_empty(),
                    "{} {}",
                    who.code(),
                    row.action.code()
                );
            }
        }
    }
}

#[test]
fn signals_cases_and_notes_need_a_purpose_and_that_of_another_case_opens_nothing() {
    let tables = rules().tables;
    let content = tables.iter().filter(|table| matches!(table.thing, Thing::Signal | Thing::Case | Thing::Note));
    for row in content.flat_map(|table| &table.rows) {
        for never in [Under::OtherCase, Under::Any] {
            assert!(row.cells.iter().all(|under| !under.contains(&never)), "{} {}", row.action.code(), never.code());
        }
    }
}

#[test]
fn nobody_changes_their_own_place_and_nobody_decides_about_what_they_proposed_or_what_is_about_them() {
    let tables = rules().tables;
    let may = |action: Action, when: Circumstance, who: Who| {
        tables.iter().any(|table| {
            let at = table.who.iter().position(|one| *one == who);
            let rows = table.rows.iter().filter(|row| row.action == action && row.when.contains(&when));
            rows.into_iter().any(|row| at.is_some_and(|at| !row.cells[at].is_empty()))
        })
    };
    for who in [Who::Member, Who::Coordinator, Who::PrivacyOfficer, Who::Fg, Who::Administrator] {
        let administers = who == Who::Administrator;
        assert!(!may(Action::ChangePlace, Circumstance::Own, who), "{}", who.code());
        assert_eq!(may(Action::ChangePlace, Circumstance::Others, who), administers, "{}", who.code());
        assert!(!may(Action::DecideProposal, Circumstance::Own, who), "{}", who.code());
        assert!(!may(Action::DecideProposal, Circumstance::AboutOneself, who), "{}", who.code());
        assert!(!may(Action::WithdrawProposal, Circumstance::AboutOneself, who), "{}", who.code());
        let second = administers || who == Who::PrivacyOfficer;
        assert_eq!(may(Action::DecideProposal, Circumstance::Others, who), second, "{}", who.code());
        assert!(!may(Action::WithdrawProposal, Circumstance::Others, who), "{}", who.code());
    }
}

#[test]
fn broken_glass_is_reviewed_by_somebody_else_afterwards_and_that_of_an_fg_by_no_fg() {
    let tables = rules().tables;
    let table = tables.iter().find(|table| table.thing == Thing::BreakGlass).expect("its table");
    let may = |action: Action, is: GlassIs, who: Who| {
        let at = table.who.iter().position(|one| *one == who).expect("who");
        table
            .rows
            .iter()
            .filter(|row| row.action == action && row.when.contains(&Circumstance::Glass(is)))
            .any(|row| !row.cells[at].is_empty())
    };
    for who in table.who.iter().copied() {
        for is in [GlassIs::OwnOpen, GlassIs::OwnOver] {
            assert!(
                !may(Action::GiveReview, is, who) && !may(Action::ViewReview, is, who),
                "{} themselves",
                who.code()
            );
        }
        assert!(!may(Action::GiveReview, GlassIs::OthersOpen, who), "{} before it is over", who.code());
        assert_eq!(may(Action::GiveReview, GlassIs::OthersOver, who), who == Who::Fg, "{}", who.code());
        let configured = !matches!(who, Who::Fg | Who::Administrator);
        assert_eq!(may(Action::GiveReview, GlassIs::OfFgOver, who), configured, "{}", who.code());
        let works = matches!(who, Who::Member | Who::Coordinator);
        assert_eq!(may(Action::ViewInEmergency, GlassIs::OwnOpen, who), works, "{}", who.code());
        for is in [GlassIs::OwnOver, GlassIs::OthersOpen, GlassIs::OthersOver, GlassIs::OfFgOver] {
            assert!(!may(Action::ViewInEmergency, is, who), "{} {}", who.code(), is.code());
        }
    }
}
