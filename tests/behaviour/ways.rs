//! Every way in, and what it asks the gate: all routes, server functions, messages of sockets and commands that there are in
//! the sources. Which of them gives whom what is driven in `permission.rs`, `plans.rs` and `versions.rs`; this finds a way that
//! nobody thought of.

use plein_domain::permission::Action;
use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

/// What a way in asks.
pub enum Asks {
    /// Nothing: anybody may, and nothing in the answer is about anybody.
    Nothing,
    /// That somebody is signed in: it is about themselves alone, or about nobody.
    Session,
    /// The account of the program on its machine, which can read the keys; what it takes out with payloads has a line.
    Machine,
    /// The gate, one of these or several of them.
    Gate(&'static [Action]),
}

use Action::*;
use Asks::*;

const SEE_SIGNAL: Asks = Gate(&[ViewWhole, ViewOffered, ViewShared]);
const FORMS: Asks = Gate(&[LogSignal, Edit, OpenCase, LeadCase]);

pub const WAYS: &[(&str, Asks)] = &[
    ("GET /aanmelden", Nothing),
    ("POST /aanmelden", Nothing),
    ("GET /aanmelden/beginnen", Nothing),
    ("GET /aanmelden/terug", Nothing),
    ("GET /aanmelden/afgemeld", Nothing),
    ("GET /aanmelden/resterend", Nothing),
    ("POST /aanmelden/afmelden-door-provider", Nothing),
    ("GET /rondleiding", Nothing),
    ("GET /privacy", Nothing),
    ("GET /toegankelijkheid", Nothing),
    ("GET /cookies", Nothing),
    ("GET /regels", Nothing),
    ("GET /hulp", Nothing),
    ("GET /hulp/{taak}", Nothing),
    ("GET /assets/{path}", Nothing),
    ("GET /assets/tokens.….css", Nothing),
    ("GET /healthz", Nothing),
    ("GET /readyz", Nothing),
    ("POST /taal", Nothing),
    ("POST /verlengen", Session),
    ("GET /opnieuw-aanmelden", Session),
    ("POST /opnieuw-aanmelden", Session),
    ("GET /opnieuw-aanmelden/beginnen", Session),
    ("POST /afmelden", Session),
    ("POST /doel", Session),
    ("GET /", Session),
    ("GET /meldingen", Gate(&[ViewOwnNotices])),
    ("POST /meldingen", Gate(&[ViewOwnNotices])),
    ("GET /signalen", Gate(&[ListSignals])),
    ("GET /signalen/inlezen", Gate(&[TakeInLists])),
    ("POST /signalen/inlezen", Gate(&[TakeInLists])),
    ("GET /signalen/inlezen/{id}", Gate(&[WorkOnList])),
    ("POST /signalen/inlezen/{id}", Gate(&[WorkOnList, TakeInFor])),
    ("GET /signalen/inlezen/{id}/kolommen", Gate(&[WorkOnList])),
    ("POST /signalen/inlezen/{id}/kolommen", Gate(&[WorkOnList])),
    ("GET /signalen/inlezen/{id}/regels/{number}", Gate(&[WorkOnList])),
    ("POST /signalen/inlezen/{id}/regels/{number}", Gate(&[WorkOnList])),
    ("POST /signalen/inlezen/{id}/bestand", Gate(&[WorkOnList])),
    ("GET /signalen/inlezen/{id}/weg", Gate(&[WorkOnList])),
    ("POST /signalen/inlezen/{id}/weg", Gate(&[WorkOnList])),
    ("GET /signalen/{id}", SEE_SIGNAL),
    ("GET /signalen/{id}/inzagen", Gate(&[ViewSignalLog, ViewSignalRefusals])),
    ("GET /signalen/{id}/versies", Gate(&[ViewWhole])),
    ("POST /concepten", FORMS),
    ("GET /concepten/{id}", Gate(&[Write, OpenCase, Choose, LeadCase])),
    ("POST /concepten/{id}", Gate(&[Write, LogSignal, Edit, OpenCase, Choose, LeadCase])),
    ("GET /concepten/{id}/controleren", Gate(&[Write, OpenCase, Choose, LeadCase])),
    ("POST /concepten/{id}/versturen", Gate(&[Write, LogSignal, Edit, OpenCase, Choose, LeadCase])),
    ("POST /concepten/{id}/conflict", Gate(&[Write, Edit, LeadCase])),
    ("POST /concepten/{id}/venster", Gate(&[Write])),
    ("GET /concepten/{id}/weg", Gate(&[Write])),
    ("POST /concepten/{id}/weg", Gate(&[Write])),
    ("GET /casussen", Gate(&[ListCases])),
    ("GET /casussen/{id}", Gate(&[ViewCase])),
    ("GET /casussen/{id}/plan", Gate(&[ViewPlan])),
    ("POST /casussen/{id}/plan", Gate(&[BeginPlan])),
    ("GET /casussen/{id}/plan/samen", Gate(&[ViewPlan, EditPlan])),
    ("GET /casussen/{id}/plan/afdrukken", Gate(&[ExportPlan])),
    ("POST /casussen/{id}/plan/word", Gate(&[ExportPlan])),
    ("GET /casussen/{id}/plan/versies", Gate(&[ViewPlan])),
    ("POST /casussen/{id}/plan/versies", Gate(&[EditPlan])),
    ("GET /casussen/{id}/plan/versies/{number}", Gate(&[ViewPlan])),
    ("POST /casussen/{id}/plan/versies/{number}/voorleggen", Gate(&[AdoptPlan])),
    ("POST /casussen/{id}/plan/versies/{number}/antwoord", Gate(&[AnswerPlan])),
    ("POST /casussen/{id}/plan/versies/{number}/vaststellen", Gate(&[AdoptPlan])),
    ("POST /casussen/{id}/plan/versies/{number}/verwijderen", Gate(&[AdoptPlan])),
    ("GET /casussen/{id}/plan/versies/{number}/afdrukken", Gate(&[ExportPlan])),
    ("POST /casussen/{id}/plan/versies/{number}/word", Gate(&[ExportPlan])),
    ("GET /casussen/{id}/plan/vergelijken", Gate(&[ViewPlan])),
    ("GET /casussen/{id}/koppelen", Gate(&[OpenCase])),
    ("GET /casussen/{id}/notities", Gate(&[ViewCase])),
    ("POST /casussen/{id}/notities", Gate(&[WriteNote])),
    ("GET /casussen/{id}/notities/afdrukken", Gate(&[ViewCase])),
    ("GET /casussen/{id}/notities/{note}", Gate(&[ViewNote])),
    ("POST /casussen/{id}/notities/{note}", Gate(&[ChangeNote])),
    ("POST /casussen/{id}/notities/{note}/intrekken", Gate(&[ChangeNote])),
    ("POST /casussen/{id}/betrokkenen", Gate(&[JudgeSubjects])),
    ("GET /casussen/{id}/tijdlijn", Gate(&[ViewCase])),
    ("GET /casussen/{id}/geschiedenis", Gate(&[ViewCase])),
    ("GET /casussen/{id}/inzagen", Gate(&[ViewCaseLog, ViewCaseRefusals])),
    ("GET /weergaven", Gate(&[KeepViews])),
    ("POST /weergaven", Gate(&[KeepViews])),
    ("GET /weergaven/{id}", Gate(&[KeepViews, ManageView])),
    ("POST /weergaven/{id}", Gate(&[KeepViews, ManageView])),
    ("POST /weergaven/{id}/weg", Gate(&[KeepViews, ManageView])),
    ("GET /verwerkingsregister", Session),
    ("GET /verwerkingsregister/versies", Session),
    ("GET /verwerkingsregister/versies/{number}", Session),
    ("GET /verwerkingsregister/inlezen", Gate(&[ImportRegister])),
    ("POST /verwerkingsregister/inlezen", Gate(&[ImportRegister])),
    ("GET /verwerkingsregister/inlezen/{id}", Gate(&[WorkOnRegister])),
    ("POST /verwerkingsregister/inlezen/{id}", Gate(&[WorkOnRegister])),
    ("GET /verwerkingsregister/inlezen/{id}/kolommen", Gate(&[WorkOnRegister])),
    ("POST /verwerkingsregister/inlezen/{id}/kolommen", Gate(&[WorkOnRegister])),
    ("POST /verwerkingsregister/inlezen/{id}/bestand", Gate(&[WorkOnRegister])),
    ("GET /verwerkingsregister/inlezen/{id}/weg", Gate(&[WorkOnRegister])),
    ("POST /verwerkingsregister/inlezen/{id}/weg", Gate(&[WorkOnRegister])),
    ("GET /mijn-inzagen", Gate(&[ViewOwnLog])),
    ("GET /toezicht/inzagelog", Gate(&[SearchLog])),
    ("GET /toezicht/controlepunten", Gate(&[SearchLog])),
    ("POST /toezicht/controlepunten/bestand", Gate(&[ExportLog])),
    ("POST /lezenapi/v1/processing-activities", Gate(&[ReadProcessings])),
    ("GET /toezicht/betrokkene", Gate(&[LookUpSubject])),
    ("POST /toezicht/betrokkene", Gate(&[LookUpSubject])),
    ("GET /toezicht/betrokkene/{id}", Gate(&[ViewLookUp])),
    ("GET /toezicht/betrokkene/{id}/afdrukken", Gate(&[ViewLookUp])),
    ("GET /toezicht/noodinzagen", Gate(&[ListReviews])),
    ("GET /toezicht/noodinzagen/beoordeeld", Gate(&[ListReviews])),
    ("GET /toezicht/noodinzagen/{id}", Gate(&[ViewReview])),
    ("POST /toezicht/noodinzagen/{id}", Gate(&[ViewReview, GiveReview])),
    ("POST /toezicht/noodinzagen/{id}/stoppen", Gate(&[StopBreakGlass])),
    ("GET /noodinzage", Gate(&[BreakGlass])),
    ("POST /noodinzage", Gate(&[BreakGlass, OpenSignalInEmergency, OpenCaseInEmergency])),
    ("GET /noodinzage/{id}", Gate(&[ViewOwnBreakGlass])),
    ("GET /noodinzage/{id}/dossier", Gate(&[ViewInEmergency])),
    ("POST /noodinzage/{id}/stoppen", Gate(&[StopBreakGlass])),
    ("GET /mijn-sessies", Session),
    ("POST /mijn-sessies", Session),
    ("GET /beheer", Gate(&[ListPeople])),
    ("GET /beheer/mensen", Gate(&[ListPeople])),
    ("GET /beheer/mensen/{id}", Gate(&[ViewPlace])),
    ("POST /beheer/mensen/{id}", Gate(&[ChangePlace])),
    ("POST /beheer/mensen/{id}/ontnemen", Gate(&[ChangePlace])),
    ("POST /beheer/mensen/{id}/afmelden", Gate(&[EndSessions])),
    ("GET /beheer/voorstellen", Gate(&[ListProposals])),
    ("POST /beheer/voorstellen/{id}", Gate(&[DecideProposal, WithdrawProposal])),
    ("function save-draft", Gate(&[Write])),
    ("message Has", Gate(&[ViewPlan])),
    ("message Update", Gate(&[EditPlan])),
    ("message Presence", Gate(&[ViewPlan])),
    ("message AsksPresence", Gate(&[ViewPlan])),
    ("message Unknown", Nothing),
    ("command Demo", Nothing),
    ("command Serve", Nothing),
    ("command Administrator", Machine),
    ("command CheckConfig", Machine),
    ("command Ledger", Machine),
];

/// The ways that ask a fresh sign-in besides: weighty acts. `sign_in/anew.rs` and `fresh.rs` drive them.
pub const FRESH: &[&str] = &[
    "POST /signalen/inlezen/{id}/bestand",
    "GET /casussen/{id}/plan/afdrukken",
    "POST /casussen/{id}/plan/word",
    "GET /casussen/{id}/plan/versies/{number}/afdrukken",
    "POST /casussen/{id}/plan/versies/{number}/word",
    "GET /casussen/{id}/notities/afdrukken",
    "POST /verwerkingsregister/inlezen/{id}/bestand",
    "POST /toezicht/controlepunten/bestand",
    "GET /toezicht/betrokkene/{id}/afdrukken",
    "GET /noodinzage",
    "POST /noodinzage",
    "POST /mijn-sessies",
    "POST /beheer/mensen/{id}",
    "POST /beheer/mensen/{id}/ontnemen",
    "POST /beheer/mensen/{id}/afmelden",
    "POST /beheer/voorstellen/{id}",
];

/// The file in the sources.
fn source(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// What stands between this bracket's begin and its end.
fn bracket(text: &str) -> &str {
    let mut depth = 1;
    let end = text.find(|sign| {
        match sign {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    &text[..end.unwrap()]
}

/// The routes that stand in a file.
fn routes(file: &str) -> Vec<String> {
    let text = source(file);
    let mut found = Vec::new();
    for rest in text.split(".route(").skip(1) {
        let route = bracket(rest);
        let path = route.split(',').next().unwrap().trim();
        let path = match path {
            "pages::tour::PATH" => "/rondleiding",
            "pages::help::PATH" => "/hulp",
            "&self.url()" => "/assets/tokens.….css",
            path => path
                .strip_prefix('"')
                .and_then(|path| path.strip_suffix('"'))
                .unwrap_or_else(|| panic!("{file}: {path}")),
        };
        let methods = ["get", "post", "put", "patch", "delete", "any"].into_iter();
        let methods: Vec<&str> = methods
            .filter(|method| {
                route.contains(&format!(" {method}("))
                    || route.contains(&format!(".{method}("))
                    || route.contains(&format!("\n{method}("))
            })
            .collect();
        assert!(!methods.is_empty(), "{file}: {route}");
        found.extend(methods.into_iter().map(|method| format!("{} {path}", method.to_uppercase())));
    }
    found
}

/// The variants of an enum in a file.
fn variants(file: &str, name: &str) -> Vec<String> {
    let text = source(file);
    let body = text.split(&format!("enum {name}")).nth(1).unwrap_or_else(|| panic!("{file} has no {name}"));
    let body = body.split_once('{').unwrap().1.split("\n}").next().unwrap();
    let lines = body.lines().map(str::trim).filter(|line| line.starts_with(char::is_uppercase));
    lines.map(|line| line.split(['(', ',', '{', ' ']).next().unwrap().to_owned()).collect()
}

/// Every file in which there could be a route.
fn sources(folder: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            sources(&path, found);
        } else if path.ends_with(".rs") && source(&path).contains(".route(") {
            found.push(path);
        }
    }
}

#[test]
fn every_way_in_is_known_and_asks_what_is_said_of_it() {
    let mut files = Vec::new();
    for folder in ["src", "app/src", "server/src"] {
        sources(folder, &mut files);
    }
    let mut there: BTreeSet<String> = files.iter().flat_map(|file| routes(file)).collect();
    for rest in source("app/src/functions.rs").split("endpoint = \"").skip(1) {
        there.insert(format!("function {}", rest.split('"').next().unwrap()));
    }
    // The one path of all functions.
    assert!(there.remove("POST /functies/{name}"));
    there.extend(variants("server/src/plans/protocol.rs", "Said").iter().map(|said| format!("message {said}")));
    there.extend(variants("src/main.rs", "Task").iter().map(|task| format!("command {task}")));
    let known: BTreeSet<String> = WAYS.iter().map(|(way, _)| (*way).to_owned()).collect();
    assert_eq!(WAYS.len(), known.len(), "a way is said twice");
    let new: Vec<_> = there.difference(&known).collect();
    assert!(new.is_empty(), "ways in of which nothing is said here: {new:?}");
    let gone: Vec<_> = known.difference(&there).collect();
    assert!(gone.is_empty(), "these ways in are no longer there: {gone:?}");
    let asked: BTreeSet<&str> = WAYS
        .iter()
        .flat_map(|(_, asks)| match asks {
            Gate(actions) => actions.iter().map(|action| action.code()).collect(),
            Nothing | Session | Machine => Vec::new(),
        })
        .collect();
    let never: Vec<_> = Action::ALL.iter().map(|action| action.code()).filter(|code| !asked.contains(code)).collect();
    assert!(never.is_empty(), "no way in asks these: {never:?}");
}

#[test]
fn what_nobody_needs_to_be_signed_in_for_is_what_pages_call_public() {
    for (way, asks) in WAYS {
        let Some((method @ ("GET" | "POST"), path)) = way.split_once(' ') else { continue };
        let outside = ["/healthz", "/readyz"].contains(&path);
        let public = plein_app::PUBLIC
            .iter()
            .any(|one| path == *one || path.strip_prefix(one).is_some_and(|rest| rest.starts_with('/')));
        assert_eq!(matches!(asks, Nothing), public || outside, "{method} {path}");
    }
}

#[test]
fn the_documentation_has_all_ways_in() {
    let (begin, end) = ("<!-- made from the ways in: begin -->", "<!-- made from the ways in: end -->");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/permissions.md");
    let text = fs::read_to_string(&file).unwrap();
    let (before, rest) = text.split_once(begin).unwrap();
    let (there, after) = rest.split_once(end).unwrap();
    let mut made = String::from("\n| way in | asks | fresh sign-in |\n|---|---|---|\n");
    for (way, asks) in WAYS {
        let asks = match asks {
            Nothing => "nothing".to_owned(),
            Session => "that somebody is signed in".to_owned(),
            Machine => "that it is started by the program's own account".to_owned(),
            Gate(actions) => actions.iter().map(|action| action.code()).collect::<Vec<_>>().join(", "),
        };
        let fresh = if FRESH.contains(way) { "yes" } else { "" };
        writeln!(made, "| `{way}` | {asks} | {fresh} |").unwrap();
    }
    if std::env::var_os("PLEIN_WRITE_DOCS").is_some() {
        fs::write(&file, format!("{before}{begin}{made}{end}{after}")).unwrap();
    } else {
        assert_eq!(there, made, "run this test with PLEIN_WRITE_DOCS=1");
    }
}

/// Every way over HTTP: the method, and the path with nothing there that it names.
pub fn requests() -> Vec<(&'static str, String)> {
    let http = WAYS.iter().filter_map(|(way, _)| way.split_once(' '));
    let http = http.filter(|(method, path)| ["GET", "POST"].contains(method) && !path.starts_with("/assets/"));
    let nothing = |path: &str| {
        let id = path.replace("{id}", "00000000-0000-4000-8000-000000000000");
        id.replace("{note}", "00000000-0000-4000-8000-000000000001")
            .replace("{number}", "7")
            .replace("{taak}", "wie-keek")
    };
    let mut requests: Vec<_> = http.map(|(method, path)| (method, nothing(path))).collect();
    assert!(requests.iter().all(|(_, path)| !path.contains('{')), "{requests:?}");
    requests.push(("POST", "/functies/save-draft".into()));
    requests
}
