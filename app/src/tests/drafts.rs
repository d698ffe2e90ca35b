//! Drafts: nothing typed is lost, whatever goes wrong.

use super::{
    Browser,
    fake::{self, Fake},
};
use axum::http::{StatusCode, header};
use plein_domain::{
    draft::Conflict,
    form::{FORM_LIMIT, Fault, FieldProblem, FormKind, FormValues},
    problem::{Incident, Problem},
    purpose::{PurposeOption, StatedPurpose},
};

const DRAFT: &str = "/concepten/00000000-0000-0000-0000-000000000320";

fn member(fake: &Fake) -> Browser {
    Browser::of(0, fake.clone())
}

fn wrong(field: &str, fault: Fault) -> FieldProblem {
    FieldProblem { field: field.into(), fault }
}

#[tokio::test]
async fn beginning_leads_to_the_form_and_nonsense_is_refused() {
    let fake = Fake::default();
    member(&fake).post("/concepten", "kind=new-signal&naar=/signalen").await.leads_to(DRAFT);
    for body in ["kind=iets", "kind=edit-signal&object=geen-id", ""] {
        assert_eq!(member(&fake).post("/concepten", body).await.status, StatusCode::BAD_REQUEST, "{body}");
    }
    let got = member(&fake).post("/concepten", &b"kind=%FF"[..]).await;
    assert_eq!(got.status, StatusCode::BAD_REQUEST);
    got.shows(&["niet te lezen"]);
}

#[tokio::test]
async fn every_form_has_a_label_for_each_field_and_works_without_javascript() {
    for kind in FormKind::ALL.iter().copied() {
        let mut draft = fake::draft(kind);
        draft.values.set("signal", "00000000-0000-0000-0000-0000000003e9");
        let fake = Fake::with(|script| script.draft = Some(draft));
        let got = Browser::of(2, fake).get(DRAFT).await;
        assert_eq!(got.status, StatusCode::OK, "{kind:?}");
        got.shows(&["method=\"post\"", "leptos-island", "type=\"module\""]);
        for input in got.body.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default()) {
            let is_input = ["<input", "<select", "<textarea"].iter().any(|tag| {
                got.body
                    .split(tag)
                    .skip(1)
                    .any(|rest| rest.split('>').next().is_some_and(|tag| tag.contains(&format!(" id=\"{input}\""))))
            });
            assert!(!is_input || got.body.contains(&format!(" for=\"{input}\"")), "{kind:?}: {input} has no label");
        }
    }
}

#[tokio::test]
async fn saving_comes_first_then_the_answers_are_checked() {
    let fake = Fake::default();
    member(&fake).post(DRAFT, "summary=Pand&do=check").await.leads_to(&format!("{DRAFT}/controleren"));
    assert_eq!(fake.script().calls, ["drafts.save", "drafts.check"]);
    let got = member(&fake).get(&format!("{DRAFT}/controleren")).await;
    got.shows(&[
        "Controleer uw antwoorden",
        "Pand",
        &format!("{DRAFT}?stap=wat&amp;terug=ja#summary"),
        "Signaal vastleggen",
    ]);
    member(&fake).post(DRAFT, "summary=Pand&do=save").await.leads_to("/?gelukt=draft-saved");
}

#[tokio::test]
async fn problems_stand_at_the_field_and_in_a_summary_with_links_and_the_text_is_still_there() {
    let fake = Fake::with(|script| {
        script.faults = vec![
            wrong("received-on", Fault::NotADay),
            wrong("subject.0.identifier", Fault::Identifier(plein_domain::identifier::IdentifierFault::ElevenTest)),
        ];
    });
    let body = "received-on=30-2-2026&subject.0.identifier=123456789&subject.0.identifier-kind=bsn&do=check";
    member(&fake).post(DRAFT, body).await.leads_to(DRAFT);
    // The first step in which something is wrong; the others are marked.
    let got = member(&fake).get(DRAFT).await;
    got.shows(&["<title>Fout: Nieuw signaal: wanneer en waar (stap 3 van 6)", "href=\"#received-on\""]);
    got.shows(&["hier klopt iets niet"]).hides(&["href=\"#subject.0.identifier\""]);
    let got = member(&fake).get(&format!("{DRAFT}?stap=alles")).await;
    got.shows(&[
        "<title>Fout: Nieuw signaal",
        "href=\"#received-on\"",
        "href=\"#subject.0.identifier\"",
        "value=\"30-2-2026\"",
        "value=\"123456789\"",
        "aria-invalid=\"true\"",
        "id=\"received-on-fout\"",
        "er is een cijfer verkeerd",
    ]);
    member(&fake).get(&format!("{DRAFT}/controleren")).await.leads_to(DRAFT);
}

#[tokio::test]
async fn a_step_sends_the_whole_form_and_the_next_one_opens_when_nothing_is_wrong_in_it() {
    let fake = Fake::default();
    let got = member(&fake).get(DRAFT).await;
    got.shows(&[
        "Nieuw signaal: wat is er gezien (stap 1 van 6)",
        "name=\"summary\"",
        "value=\"next\"",
        "value=\"go.alles\"",
    ]);
    got.hides(&["name=\"channel\"", "value=\"check\""]);
    let sent = "summary=Pand&channel=own&do=next&step=wat";
    // What later steps ask for is not told of before they are opened.
    fake.script().faults = vec![wrong("reliability", Fault::Required)];
    member(&fake).post(DRAFT, sent).await.leads_to(&format!("{DRAFT}?stap=herkomst#vragen"));
    let got = member(&fake).get(DRAFT).await;
    got.shows(&["(stap 2 van 6)", "name=\"channel\"", "(gedaan)", "value=\"go.wat\""]);
    // The other answers come along, unseen.
    got.shows(&["<textarea name=\"summary\" hidden", "Pand</textarea>", "<textarea name=\"steps-done\" hidden"]);
    got.hides(&["hier klopt iets niet", "id=\"fouten\""]);
    member(&fake).post(DRAFT, "summary=Pand&channel=own&steps-done=wat&do=next&step=herkomst").await;
    let got = member(&fake).get(DRAFT).await;
    got.shows(&[
        "<title>Fout: Nieuw signaal: herkomst (stap 2 van 6)",
        "hier klopt iets niet",
        "href=\"#reliability\"",
    ]);
    // Neither the place nor the way back is an answer.
    let kept = fake.script().draft.clone().map(|draft| draft.values).unwrap_or_default();
    assert_eq!(kept.0.keys().collect::<Vec<_>>(), ["channel", "steps-done", "summary"]);
    for (sent, to) in [
        ("go.kenmerken", "?stap=kenmerken#vragen"),
        ("go.alles", "?stap=alles#vragen"),
        ("go.nergens", "?stap=wat#vragen"),
    ] {
        let got = member(&fake).post(DRAFT, format!("summary=Pand&step=wat&do={sent}")).await;
        got.leads_to(&format!("{DRAFT}{to}"));
    }
}

#[tokio::test]
async fn going_to_a_step_in_which_something_is_wrong_begins_at_what_is_wrong() {
    let fake = Fake::with(|script| script.faults = vec![wrong("reliability", Fault::Required)]);
    let sent = "steps-done=herkomst&step=wat&do=go.herkomst";
    member(&fake).post(DRAFT, sent).await.leads_to(&format!("{DRAFT}?stap=herkomst"));
    member(&fake).get(DRAFT).await.shows(&["href=\"#reliability\"", "autofocus"]);
    let sent = "steps-done=herkomst&step=wat&do=go.wanneer";
    member(&fake).post(DRAFT, sent).await.leads_to(&format!("{DRAFT}?stap=wanneer#vragen"));
    member(&fake).get(&format!("{DRAFT}?stap=wanneer")).await.shows(&["hier klopt iets niet"]).hides(&["autofocus"]);
}

#[tokio::test]
async fn a_step_that_was_opened_from_the_answers_leads_back_to_them() {
    let fake = Fake::default();
    let got = member(&fake).get(&format!("{DRAFT}?stap=kenmerken&terug=ja")).await;
    got.shows(&["(stap 5 van 6)", "name=\"characteristic\"", "value=\"check\"", "name=\"back\""]);
    got.hides(&["value=\"next\"", "Vorige stap"]);
    let sent = "characteristic=authority&step=kenmerken&back=1&do=check";
    member(&fake).post(DRAFT, sent).await.leads_to(&format!("{DRAFT}/controleren"));
    let got = member(&fake).get(&format!("{DRAFT}/controleren")).await;
    got.shows(&["Tast het gezag van bestuur", "?stap=kenmerken&amp;terug=ja#characteristic"]);
}

#[tokio::test]
async fn a_change_asks_why_and_its_versions_tell() {
    let fake = Fake::with(|script| script.draft = Some(fake::draft(FormKind::EditSignal)));
    member(&fake).get(&format!("{DRAFT}?stap=gegevens")).await.shows(&["name=\"why\"", "Reden van de wijziging"]);
    let got = member(&fake).get("/signalen/00000000-0000-0000-0000-0000000003e9/versies").await;
    got.shows(&["Versie 2", "Reden: Adres verbeterd", "Sanne de Boer", "Havenstraat 21", "Havenstraat 12", "Versie 1"]);
    got.shows(&["Het signaal is vastgelegd."]).hides(&["Eerdere versies"]);
}

#[tokio::test]
async fn subjects_are_added_and_removed_without_javascript() {
    let fake = Fake::default();
    let got = member(&fake).post(DRAFT, "subject.0.name=A&subject-rows=1&do=add-subject").await;
    let step = format!("{DRAFT}?stap=betrokkenen");
    got.leads_to(&format!("{step}#betrokkene-2"));
    member(&fake).get(&step).await.shows(&["Betrokkene of object 2", "remove-subject.1"]);
    member(&fake).post(DRAFT, "subject.0.name=A&subject.1.name=B&subject-rows=2&do=remove-subject.0").await;
    member(&fake).get(&step).await.shows(&["value=\"B\""]).hides(&["value=\"A\"", "Betrokkene of object 2"]);
}

#[tokio::test]
async fn what_cannot_be_saved_now_can_be_sent_again_from_the_page_that_says_so() {
    let fake = Fake::with(|script| script.problem = Some(Problem::Unavailable(Incident("k7f2m9qa".into()))));
    let got = member(&fake).post(DRAFT, "facts=Lang+verhaal&do=check").await;
    assert_eq!(got.status, StatusCode::SERVICE_UNAVAILABLE);
    got.shows(&["k7f2m9qa", "Lang verhaal</textarea>", "Opnieuw versturen", &format!("action=\"{DRAFT}\"")]);
}

#[tokio::test]
async fn megabytes_of_text_are_kept_or_come_back_with_a_clear_message() {
    let facts = |length| format!("facts={}&do=check", "a".repeat(length));
    let got = member(&Fake::default()).post(DRAFT, facts(1_000_000)).await;
    got.leads_to(&format!("{DRAFT}/controleren"));
    let got = member(&Fake::default()).post(DRAFT, facts(FORM_LIMIT)).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&["Dit is te lang", "aaaaaaaaaa"]).hides(&["<textarea name=\"do\"", "<textarea name=\"window\""]);
    let got = member(&Fake::default()).post(DRAFT, facts(4 * FORM_LIMIT)).await;
    assert_eq!(got.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn sending_finishes_each_kind_of_draft_by_its_own_port() {
    for (kind, call, path) in [
        (FormKind::NewSignal, "signals.log", "/signalen/00000000-0000-0000-0000-0000000003e9?gelukt=signal-logged"),
        (FormKind::EditSignal, "signals.edit", "/signalen/00000000-0000-0000-0000-0000000003e9?gelukt=signal-changed"),
        (FormKind::OpenCase, "cases.open", "/casussen/00000000-0000-0000-0000-0000000001f4?gelukt=case-opened"),
        (FormKind::LinkSignal, "cases.link", "/casussen/00000000-0000-0000-0000-0000000001f4?gelukt=signal-linked"),
        (
            FormKind::UnlinkSignal,
            "cases.unlink",
            "/casussen/00000000-0000-0000-0000-0000000001f4?gelukt=signal-unlinked",
        ),
        (FormKind::Team, "cases.set_team", "/casussen/00000000-0000-0000-0000-0000000001f4?gelukt=team-changed"),
    ] {
        let fake = Fake::with(|script| script.draft = Some(fake::draft(kind)));
        member(&fake).post(&format!("{DRAFT}/versturen"), "").await.leads_to(path);
        assert_eq!(fake.script().calls, ["drafts.read", call]);
        member(&fake).get(path).await.shows(&["role=\"status\""]);
    }
}

#[tokio::test]
async fn a_stale_form_shows_both_versions_and_lets_one_choose() {
    let mut draft = fake::draft(FormKind::EditSignal);
    draft.values.set("summary", "Van mij");
    draft.values.set("place", "Gelijk");
    let mut theirs = FormValues::default();
    theirs.set("summary", "Van haar");
    theirs.set("place", "Gelijk");
    let by = "Anouk de Wit".to_owned();
    let fake = Fake::with(|script| {
        script.draft = Some(draft);
        script.conflict = Some(Conflict { version: 2, theirs, by, at: fake::NOW });
    });
    let got = member(&fake).post(&format!("{DRAFT}/versturen"), "").await;
    assert_eq!(got.status, StatusCode::CONFLICT);
    got.shows(&["Van mij", "Van haar", "Anouk de Wit", "23 november 2026, 22:14"]).hides(&["Gelijk"]);
    member(&fake).post(&format!("{DRAFT}/conflict"), "keep=mine").await.leads_to(&format!("{DRAFT}?stap=alles"));
    assert!(fake.script().calls.contains(&"drafts.rebase true".to_owned()));
    assert_eq!(member(&fake).post(&format!("{DRAFT}/conflict"), "keep=alles").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn choosing_signals_shows_their_tests_and_a_link_shares_only_what_is_offered() {
    let fake = Fake::with(|script| script.draft = Some(fake::draft(FormKind::OpenCase)));
    let coordinator = Browser::of(2, fake);
    let signal = "00000000-0000-0000-0000-0000000003e9";
    let got = coordinator.post(DRAFT, format!("signal={signal}&do=choose")).await;
    got.leads_to(&format!("{DRAFT}#toets-{signal}"));
    let got = coordinator.get(DRAFT).await;
    got.shows(&[&format!("name=\"link.{signal}.necessity\""), "Doelbindingstoets: S-2026-0001", "value=\"facts\""]);
    got.hides(&["value=\"risk\"", "Doelbindingstoets: S-2026-0003"]);
    coordinator.get(&format!("{DRAFT}/controleren")).await.shows(&["Ik, Carla Smit, besluit"]);
}

#[tokio::test]
async fn a_draft_is_thrown_away_only_after_asking() {
    let fake = Fake::default();
    member(&fake).get(&format!("{DRAFT}/weg")).await.shows(&["Concept weggooien?", "Ja, weggooien"]);
    member(&fake).post(&format!("{DRAFT}/weg"), "").await.leads_to("/?gelukt=draft-discarded");
}

#[tokio::test]
async fn the_island_saves_only_for_who_is_signed_in_and_gets_an_honest_status() {
    let body = r#"{"draft":"00000000-0000-0000-0000-000000000320","values":[["facts","Pand"]]}"#;
    let json = |browser: Browser| browser.header(header::CONTENT_TYPE, "application/json");
    let path = "/functies/save-draft";
    let fake = Fake::default();
    let got = json(member(&fake)).post(path, body).await;
    assert_eq!((got.status, got.body.as_str()), (StatusCode::OK, r#"{"at":"22:14"}"#));
    assert_eq!(fake.script().calls, ["drafts.save"]);
    let got = json(Browser::nobody()).post(path, body).await;
    assert_eq!((got.status, got.body.as_str()), (StatusCode::UNAUTHORIZED, "\"SignedOut\""));
    for (problem, status) in [(Problem::NotFound, 404), (Problem::Unavailable(Incident("k7f2m9qa".into())), 503)] {
        let fake = Fake::with(|script| script.problem = Some(problem));
        assert_eq!(json(member(&fake)).post(path, body).await.status.as_u16(), status);
    }
    let got = json(member(&fake)).post(path, "{").await;
    assert_eq!(got.status, StatusCode::BAD_REQUEST);
    got.hides(&["EOF", "column"]);
    assert_eq!(json(member(&fake)).post("/functies/iets", body).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_asks_too_much_is_told_so_and_loses_nothing_typed() {
    let fake = Fake::default();
    let got = member(&fake).in_a_hurry().post(DRAFT, "facts=Pand+%3Cb%3E%0D%0Astaat+leeg&do=save").await;
    assert_eq!(got.status, StatusCode::TOO_MANY_REQUESTS);
    got.shows(&["Even wachten", "Pand &lt;b&gt;\r\nstaat leeg", "Opnieuw versturen", &format!("action=\"{DRAFT}\"")]);
    let got = member(&fake).in_a_hurry().get("/signalen?soort=x").await;
    assert_eq!(got.status, StatusCode::TOO_MANY_REQUESTS);
    got.shows(&["Wacht een minuut", "href=\"/signalen?soort=x\""]);
    let upload = member(&fake).in_a_hurry().header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    upload.post("/signalen/inlezen", "--x--").await.shows(&["Kies het dan nog eens"]);
    let english = Browser::nobody().in_a_hurry().header(header::ACCEPT_LANGUAGE, "en");
    english.get("/hulp").await.shows(&["Please wait a moment"]).hides(&["Even wachten"]);
    let island = member(&fake).in_a_hurry().header(header::CONTENT_TYPE, "application/json");
    let got = island.post("/functies/save-draft", "{}").await;
    assert_eq!((got.status, got.body.as_str()), (StatusCode::TOO_MANY_REQUESTS, "\"Later\""));
    assert!(fake.script().calls.is_empty(), "nothing was asked of anybody: {:?}", fake.script().calls);
}

#[tokio::test]
async fn a_text_that_closes_its_own_field_stays_text() {
    let fake = Fake::default();
    let typed = "facts=%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&summary=%22%3E%3Cb%3E&do=save";
    member(&fake).post(DRAFT, typed).await;
    let got = member(&fake).get(DRAFT).await;
    got.shows(&["&lt;/textarea&gt;&lt;script&gt;alert(1)"]).hides(&["<script>alert", "\"><b>"]);
    member(&fake).get(&format!("{DRAFT}/controleren")).await.hides(&["<script>alert", "\"><b>"]);
}

#[tokio::test]
async fn a_purpose_asked_for_while_sending_loses_nothing_and_sends_again() {
    let option = PurposeOption { stated: StatedPurpose::Intake, case: None };
    let needed = Problem::PurposeNeeded(vec![option]);
    let fake = Fake::with(|script| script.problem = Some(needed));
    let got = member(&fake).post(DRAFT, "facts=Twee%0Aregels&purpose=abc&do=check").await;
    assert_eq!(got.status, StatusCode::FORBIDDEN);
    let kept = ["name=\"was.facts\"", "Twee\nregels</textarea>", "name=\"was.do\"", "name=\"was.purpose\""];
    got.shows(&kept).shows(&["name=\"opnieuw\"", &format!("name=\"naar\" value=\"{DRAFT}\"")]);
    fake.script().problem = None;
    let sent = format!("purpose=intake&naar={DRAFT}&opnieuw=1&was.facts=Twee%0Aregels&was.purpose=abc&was.do=check");
    let got = member(&fake).post("/doel", sent.clone()).await;
    assert_eq!((got.status, got.location.as_str()), (StatusCode::TEMPORARY_REDIRECT, DRAFT));
    member(&fake).post(DRAFT, sent).await.leads_to(&format!("{DRAFT}/controleren"));
    let kept = fake.script().draft.clone().map(|draft| draft.values).unwrap_or_default();
    assert_eq!((kept.text("facts"), kept.text("purpose")), ("Twee\nregels", "abc"));
    assert_eq!(kept.0.len(), 2, "{:?}", kept.0.keys());
}
