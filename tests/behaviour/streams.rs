//! Three streams from one event: they agree with the log and with what was served, have the fields that their standards name,
//! and say nothing of what stands in records.

use crate::{common, common::*, world::*};
use plein_vault::{
    on_db,
    streams::{Collector, Stream, StreamOptions},
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    time::Duration,
};

fn folder(world: &World) -> PathBuf {
    world.engine.folder.join("streams")
}

fn options(world: &World) -> StreamOptions {
    let register = Some("https://gemeente.example/verwerkingsregister".to_owned());
    StreamOptions { register, every: Duration::from_secs(3600), ..StreamOptions::in_folder(folder(world)) }
}

/// The records of a stream, as far as it is told.
async fn records(world: &World, stream: Stream) -> Vec<Value> {
    let state = world.vault.tell_streams_now().await;
    assert_eq!(state.files.trouble, None);
    let text = std::fs::read_to_string(folder(world).join(format!("{}-2026-11-23.jsonl", stream.code()))).unwrap();
    text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["record"].clone()).collect()
}

/// A day's work of several departments, with a refusal and a draft.
async fn work(world: &World) -> (String, String) {
    let (mut anna, mut bram, mut carla) =
        (world.browser(ANNA).await, world.browser(BRAM).await, world.browser(CARLA).await);
    let mut with_two = signal("KANARIE");
    with_two.extend([
        ("subject.1.kind", "person".to_owned()),
        ("subject.1.role", "involved".to_owned()),
        ("subject.1.name", "naam-KANARIE-2".to_owned()),
        ("subject.1.identifier-kind", "bsn".to_owned()),
        ("subject.1.identifier", "111222333".to_owned()),
    ]);
    let of_anna = world.log(&mut anna, &pairs(&with_two)).await;
    let of_bram = world.log(&mut bram, &pairs(&signal("KANARIE"))).await;
    let case = carla.open_case("KANARIE-titel", &[&of_anna, &of_bram], &["facts"], &[ANNA, BRAM]).await;
    bram.for_case(&case).await;
    for path in ["/", "/signalen", "/casussen", &of_bram, &case, &format!("{case}/tijdlijn"), &format!("{case}/plan")] {
        bram.get(path).await;
    }
    anna.get(&of_anna).await;
    anna.get(&format!("{of_anna}/inzagen")).await;
    assert_eq!(world.browser(DIRK).await.get(&case).await.status, http::StatusCode::NOT_FOUND);
    let draft = anna.begin("new-signal", &[]).await;
    // Twice within five minutes: one line covers both.
    for text in ["KANARIE concept", "KANARIE concept, meer"] {
        anna.post(&draft, &[("facts", text), ("do", "save")]).await;
        anna.get(&draft).await;
    }
    let mut fg = world.browser(FG).await;
    let asked = [("kind", "bsn"), ("identifier", "123456782"), ("reason", "KANARIEREDEN")];
    let answer = fg.post("/toezicht/betrokkene", &asked).await.location().to_owned();
    fg.get(&answer).await;
    fg.get("/toezicht/inzagelog").await;
    (of_anna, case)
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn hex(value: &Value, digits: usize) -> bool {
    value.as_str().is_some_and(|text| text.len() == digits && text.bytes().all(|b| b"0123456789abcdef".contains(&b)))
}

const SUBJECT: &str = "dpl.core.data_subject_id";
const ACTIVITY: &str = "dpl.core.processing_activity_id";

both_engines! {
    async fn a_mixed_days_work_agrees_in_all_streams_and_with_what_was_served(engine: Engine) {
        let world = World::new(engine).await;
        world.vault.tell_streams(&options(&world)).unwrap();
        work(&world).await;
        world.answers.close().await;
        world.vault.tell_streams_now().await;
        let found = world.vault.reconcile(&folder(&world)).await.unwrap();
        assert!(found.is_sound() && found.told == found.lines, "{found:?}");
        let rights: Vec<u64> = found.streams.iter().map(|one| one.right).collect();
        assert!(rights[0] == found.lines && rights[1] > found.lines && rights[2] < found.lines && rights[2] > 10, "{found:?}");
        let served = found.served.unwrap();
        assert!(served.right > 20 && served.lost == 0, "{served:?}");
    }

    async fn nothing_of_what_stands_in_records_is_in_a_stream_and_nobodys_name_where_it_does_not_belong(engine: Engine) {
        let world = World::new(engine).await;
        world.vault.tell_streams(&options(&world)).unwrap();
        work(&world).await;
        world.answers.close().await;
        world.vault.tell_streams_now().await;
        let outside = world.engine.outside("keyring").await;
        let hashes: Vec<Vec<u8>> = on_db!(&outside, |pool| {
            sqlx::query_scalar("SELECT hash FROM blind_index").fetch_all(pool).await.unwrap()
        });
        assert!(hashes.len() > 2);
        let mut there = 0;
        for entry in std::fs::read_dir(folder(&world)).unwrap() {
            let entry = entry.unwrap();
            let (name, text) = (entry.file_name().into_string().unwrap(), std::fs::read_to_string(entry.path()).unwrap());
            there += text.len();
            for planted in ["KANARIE", "samenvatting-", "feiten-", "naam-", "123456782", "111222333", "S-2026", "C-2026"] {
                assert!(!text.contains(planted), "{planted} in {name}");
            }
            for hash in &hashes {
                let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
                assert!(!text.contains(&hash), "the blind index in {name}");
            }
            if !name.starts_with("access-") {
                for (person, ..) in PEOPLE {
                    assert!(!text.contains(person), "{person} in {name}");
                }
            }
            if name.starts_with("processing-") || name.starts_with("served-") {
                for (index, ..) in PEOPLE.iter().enumerate() {
                    assert!(!text.contains(&person(index).to_string()), "a user in {name}");
                }
            }
        }
        assert!(there > 10_000, "there is something to search in");
    }

    async fn data_processings_have_the_fields_of_the_standard_and_one_person_each(engine: Engine) {
        let world = World::new(engine).await;
        world.vault.tell_streams(&options(&world)).unwrap();
        let (of_anna, case) = work(&world).await;
        let records = records(&world, Stream::Processing).await;
        let mut spans = BTreeSet::new();
        let mut subjects: BTreeMap<&str, usize> = BTreeMap::new();
        for record in &records {
            let mut fields = keys(record);
            let child = fields.remove("parent_span_id");
            let expected = ["attributes", "end_time", "name", "resource", "span_id", "start_time", "status", "trace_id"];
            assert_eq!(fields, expected.into(), "{record}");
            assert!(hex(&record["trace_id"], 32) && hex(&record["span_id"], 16), "{record}");
            assert!(["Unset", "Ok"].contains(&record["status"].as_str().unwrap()), "{record}");
            assert_eq!(record["start_time"], NOON.0 / 1_000, "milliseconds");
            assert!(spans.insert(record["span_id"].as_str().unwrap()), "each its own");
            assert!(record["attributes"][ACTIVITY].as_str().unwrap().starts_with("https://gemeente.example/verwerkingsregister#"));
            if let Some(subject) = record["attributes"].get(SUBJECT) {
                assert_eq!(record["attributes"]["dpl.core.data_subject_id_type"], "BSN");
                *subjects.entry(subject.as_str().unwrap()).or_default() += 1;
            } else {
                assert!(!child, "a part is about somebody: {record}");
                assert_eq!(keys(&record["attributes"]), [ACTIVITY].into());
            }
        }
        // Two persons; one of them stands in two signals under the same pseudonym.
        assert_eq!(subjects.len(), 2, "{subjects:?}");
        // Anna's opening of her signal: one line above and one for each of the two.
        let of_two: Vec<&Value> = records.iter().filter(|one| one.get("parent_span_id").is_some() && one["name"] == "opened").collect();
        assert!(of_two.len() >= 2 && of_two.len().is_multiple_of(2));
        for pair in of_two.chunks(2) {
            assert_eq!(pair[0]["parent_span_id"], pair[1]["parent_span_id"]);
            assert_ne!(pair[0]["attributes"][SUBJECT], pair[1]["attributes"][SUBJECT]);
            let above = records.iter().find(|one| one["span_id"] == pair[0]["parent_span_id"]).unwrap();
            assert!(above["attributes"].get(SUBJECT).is_none() && above["trace_id"] == pair[0]["trace_id"]);
        }
        // Under a case's purpose it is that entry of the register; its page has it there.
        let entry = format!("https://gemeente.example/verwerkingsregister#verwerking-{CASE_PURPOSE}");
        assert!(records.iter().any(|one| one["attributes"][ACTIVITY] == entry.as_str()));
        let page = world.browser(FG).await.get("/verwerkingsregister").await.text;
        assert!(page.contains(&format!("id=\"verwerking-{CASE_PURPOSE}\"")));
        // A signal that is changed keeps what was told of it.
        let before = records.len();
        world.browser(ANNA).await.get(&of_anna).await;
        world.browser(BRAM).await.get(&case).await;
        let again = self::records(&world, Stream::Processing).await;
        assert!(again.len() > before && again[..before] == records);
    }

    async fn the_access_log_and_the_decisions_have_the_fields_of_their_standards(engine: Engine) {
        let world = World::new(engine).await;
        world.vault.tell_streams(&options(&world)).unwrap();
        let (of_anna, case) = work(&world).await;
        let access = records(&world, Stream::Access).await;
        let anna = person(ANNA).to_string();
        let id = of_anna.rsplit('/').next().unwrap();
        let opened = access
            .iter()
            .find(|one| one["name"] == "opened" && one["attributes"]["dpl.nen7513.users"][0]["userID"] == anna.as_str())
            .unwrap();
        let attributes = &opened["attributes"];
        let user = &attributes["dpl.nen7513.users"][0];
        let of_user = [
            "departmentID", "departmentName", "networkAccessPointID", "networkAccessPointTypeCode", "purposeOfUse", "roleIDCode",
            "userID", "userIsRequestor", "userName",
        ];
        assert_eq!(keys(user), of_user.into());
        assert_eq!((&user["userName"], &user["userIsRequestor"]), (&"Anna van Vergunningen".into(), &true.into()));
        assert_eq!((&user["purposeOfUse"], &user["roleIDCode"]), (&"intake".into(), &serde_json::json!(["member"])));
        assert_eq!(attributes["dpl.nen7513.participants"][0]["participantObjectID"], id);
        assert_eq!(attributes["dpl.nen7513.participants"][0]["participantObjectIDTypeCode"], "signal");
        assert_eq!((&attributes["dpl.nen7513.eventActionCode"], &attributes["dpl.nen7513.eventOutcomeIndicator"]), (&"R".into(), &0.into()));
        assert_eq!(attributes["dpl.nen7513.eventDateTime"], "2026-11-23T12:00:00Z");
        assert!(opened["resource"]["attributes"]["nen7513.AuditSourceId"].as_str().unwrap().starts_with("plein/ledger/"));

        let decisions = records(&world, Stream::Decisions).await;
        for one in &decisions {
            let expected = ["attributes", "body", "event_name", "parent_span_id", "resource", "span_id", "status", "timestamp", "trace_id"];
            assert_eq!(keys(one), expected.into());
            assert_eq!((&one["event_name"], &one["status"]), (&"adl.access_evaluation".into(), &"Unset".into()));
            assert_eq!(keys(&one["body"]), ["adl.core.request", "adl.core.response"].into());
            assert_eq!(keys(&one["body"]["adl.core.request"]), ["action", "context", "resource", "subject"].into());
            assert_eq!(one["timestamp"], NOON.0 / 1_000);
            // The access record of the same event has the span that the decision belongs to.
            assert!(access.iter().any(|two| two["span_id"] == one["parent_span_id"] && two["trace_id"] == one["trace_id"]));
        }
        let of_dirk: Vec<&Value> = decisions
            .iter()
            .filter(|one| one["body"]["adl.core.request"]["subject"]["id"] == person(DIRK).to_string())
            .filter(|one| one["body"]["adl.core.response"]["decision"] == false)
            .collect();
        let refused = of_dirk.iter().find(|one| one["body"]["adl.core.request"]["action"]["name"] == "viewCase").unwrap();
        assert_eq!(refused["body"]["adl.core.request"]["resource"]["id"], case.rsplit('/').next().unwrap());
        let permitted = decisions.iter().find(|one| one["parent_span_id"] == opened["span_id"]).unwrap();
        let policies = permitted["attributes"]["adl.core.policies"]["plein"].as_array().unwrap();
        assert!(policies.iter().any(|one| one.as_str().is_some_and(|one| one.contains("signal"))), "{permitted}");
        assert_eq!(permitted["body"]["adl.core.response"]["decision"], true);
    }

    async fn what_was_served_without_its_line_is_found(engine: Engine) {
        let world = World::new(engine).await;
        world.vault.tell_streams(&options(&world)).unwrap();
        work(&world).await;
        world.answers.close().await;
        world.vault.tell_streams_now().await;
        let file = folder(&world).join("served-2026-11-23.jsonl");
        let whole = std::fs::read_to_string(&file).unwrap();
        let first = whole.lines().next().unwrap();
        let other = whole.lines().last().unwrap();
        for (changed, wrong) in [
            (whole.replacen("\"status\":", "\"status\":1", 1), (0, 1, 0)),
            (whole.replacen('{', "[", 1), (0, 0, 1)),
            (format!("{whole}{}", &first[..20]), (0, 0, 1)),
            (whole.replacen(first, &format!("{first}\n{other}"), 1), (0, 0, 0)),
        ] {
            std::fs::write(&file, changed).unwrap();
            let found = world.vault.reconcile(&folder(&world)).await.unwrap();
            let served = found.served.clone().unwrap();
            let counts = (served.unlogged.count, served.differing.count, served.unknown.count);
            assert_eq!((counts, found.is_sound()), (wrong, wrong == (0, 0, 0)), "{found:?}");
        }
        std::fs::write(&file, &whole).unwrap();
        // An answer that opened a record past the gate, and one whose line was never written.
        let again = world.vault.served_log(folder(&world)).unwrap();
        let trace = plein_domain::moment::random_id(&*world.engine.entropy);
        let answer = |events: Vec<plein_domain::ids::EventId>| plein_vault::streams::Served {
            trace,
            status: 200,
            bytes: Some(10),
            shown: plein_vault::streams::Shown { events, opened: 1 },
        };
        again.note(answer(Vec::new()));
        again.note(answer(vec![plein_domain::moment::random_id(&*world.engine.entropy)]));
        again.close().await;
        let served = world.vault.reconcile(&folder(&world)).await.unwrap().served.unwrap();
        assert_eq!(served.unlogged.count, 2, "{served:?}");
        assert!(served.unlogged.first.unwrap().contains("opened 1 cells without a permit"));
    }

    async fn a_collector_gets_every_record_and_one_that_is_away_keeps_nobody_waiting(engine: Engine) {
        let world = World::new(engine).await;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let collector = Some(Collector::at(&address).unwrap());
        world.vault.tell_streams(&StreamOptions { collector, ..options(&world) }).unwrap();
        let (given, mut taken) = tokio::sync::mpsc::unbounded_channel();
        let busy = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
        let away = busy.clone();
        let app = axum::Router::new().fallback(move |request: axum::extract::Request| {
            let (given, away) = (given.clone(), away.load(std::sync::atomic::Ordering::SeqCst));
            async move {
                let path = request.uri().path().to_owned();
                let body = axum::body::to_bytes(request.into_body(), usize::MAX).await.unwrap();
                if away {
                    return (http::StatusCode::SERVICE_UNAVAILABLE, "{}");
                }
                given.send((path, serde_json::from_slice::<Value>(&body).unwrap())).unwrap();
                (http::StatusCode::OK, "{\"partialSuccess\":{}}")
            }
        });
        tokio::spawn(async move { axum::serve(listener, app).await });
        work(&world).await;
        let state = world.vault.tell_streams_now().await;
        assert_eq!(state.files.trouble, None);
        let trouble = state.collector.unwrap().trouble.unwrap();
        assert!(trouble.1.contains("503"), "{trouble:?}");
        busy.store(false, std::sync::atomic::Ordering::SeqCst);
        let state = world.vault.tell_streams_now().await;
        let told = state.collector.unwrap();
        assert!(told.trouble.is_none() && told.told == state.files.told, "{told:?}");
        let (mut spans, mut logs) = (Vec::new(), Vec::new());
        while let Ok((path, body)) = taken.try_recv() {
            match path.as_str() {
                "/v1/traces" => spans.extend(body["resourceSpans"][0]["scopeSpans"][0]["spans"].as_array().unwrap().clone()),
                "/v1/logs" => logs.extend(body["resourceLogs"][0]["scopeLogs"][0]["logRecords"].as_array().unwrap().clone()),
                other => panic!("{other}"),
            }
        }
        let processing = records(&world, Stream::Processing).await;
        assert_eq!(spans.len(), processing.len());
        for (span, record) in spans.iter().zip(&processing) {
            assert_eq!((&span["traceId"], &span["spanId"]), (&record["trace_id"], &record["span_id"]));
            assert_eq!(span.get("parentSpanId"), record.get("parent_span_id"));
            assert_eq!(span["startTimeUnixNano"], format!("{}", i128::from(NOON.0) * 1_000));
        }
        let all = records(&world, Stream::Access).await.len() + records(&world, Stream::Decisions).await.len();
        assert_eq!(logs.len(), all);
        let text = serde_json::to_string(&(spans, logs)).unwrap();
        assert!(text.contains("plein.ledger.sequence") && !text.contains("KANARIE") && !text.contains("123456782"));
    }

    async fn the_fg_asks_for_data_processings_as_the_standard_has_it_and_each_question_is_a_line(engine: Engine) {
        let world = World::new(engine.clone()).await;
        world.vault.tell_streams(&options(&world)).unwrap();
        work(&world).await;
        let told = records(&world, Stream::Processing).await;
        let mut fg = world.browser(FG).await;
        let subject = told.iter().find_map(|one| one["attributes"].get(SUBJECT)).unwrap().as_str().unwrap().to_owned();
        let activity = format!("https://gemeente.example/verwerkingsregister#verwerking-{CASE_PURPOSE}");
        let with_subject = told.iter().find(|one| one["attributes"][SUBJECT] == subject.as_str()).unwrap();
        let trace: plein_domain::ids::TraceId = with_subject["trace_id"].as_str().unwrap().parse().unwrap();
        for (question, key, value) in [
            (serde_json::json!({ "traceId": trace }), "trace_id", trace.0.simple().to_string()),
            (serde_json::json!({ SUBJECT: subject }), SUBJECT, subject.clone()),
            (serde_json::json!({ ACTIVITY: activity, "startTime": "2026-11-23T00:00:00.000Z" }), ACTIVITY, activity.clone()),
        ] {
            let page = ask(&mut fg, &question).await;
            assert_eq!((page.status, header(&page, "api-version")), (http::StatusCode::OK, "1.1.0"), "{}", page.text);
            let answer: Value = serde_json::from_str(&page.text).unwrap();
            assert_eq!(answer["metadata"]["organizationName"], "Gemeente Proef");
            assert!(answer["metadata"]["logbookId"].as_str().unwrap().starts_with("plein/ledger/"));
            let found = answer["processingActivities"].as_array().unwrap();
            let expected: BTreeSet<&str> = told
                .iter()
                .filter(|one| one[key] == value.as_str() || one["attributes"][key] == value.as_str())
                .map(|one| one["span_id"].as_str().unwrap())
                .collect();
            let spans: BTreeSet<&str> = found.iter().map(|one| one["spanId"].as_str().unwrap()).collect();
            assert_eq!(spans, expected, "{question}: what was told, and nothing else");
            assert!(!spans.is_empty());
            for one in found {
                let mut fields = keys(one);
                fields.remove("parentSpanId");
                assert_eq!(fields, ["attributes", "endTime", "name", "spanId", "startTime", "status", "traceId"].into());
                assert_eq!(one["startTime"], "2026-11-23T12:00:00.000Z");
                assert_eq!(one["traceId"].as_str().unwrap().len(), 36, "a UUID");
            }
            for (index, (name, ..)) in PEOPLE.iter().enumerate() {
                assert!(!page.text.contains(name) && !page.text.contains(&person(index).to_string()), "{name}");
            }
            let line = world.ports.access_log.search(&world.asker(FG).await, Default::default()).await.unwrap().lines;
            assert!(line.iter().any(|one| one.payload.as_ref().is_some_and(|payload| payload.reason.starts_with("data processings "))));
        }
        // Of another time there is nothing, and of what nobody has neither.
        let none = [
            serde_json::json!({ "traceId": trace, "endTime": "2026-11-22T00:00:00Z" }),
            serde_json::json!({ SUBJECT: "00" }),
            serde_json::json!({ ACTIVITY: "https://elsewhere.example/#verwerking-1" }),
        ];
        for question in none {
            let answer: Value = serde_json::from_str(&ask(&mut fg, &question).await.text).unwrap();
            assert_eq!(answer["processingActivities"], serde_json::json!([]), "{question}");
        }
        // What is no question.
        for (question, status) in [("{}", 400), ("{\"startTime\":\"2026-11-23T00:00:00Z\"}", 400), ("{\"traceId\":\"x\"}", 400), ("[", 400), ("{\"bsn\":\"123456782\"}", 400)] {
            let page = ask_text(&mut fg, question).await;
            assert_eq!((page.status.as_u16(), header(&page, "content-type")), (status, "application/problem+json"), "{question}");
            let problem: Value = serde_json::from_str(&page.text).unwrap();
            assert_eq!((problem["status"].as_u64(), keys(&problem).contains("title")), (Some(u64::from(status)), true));
            assert!(problem["detail"].as_str().is_some_and(|detail| !detail.contains("123456782")), "{problem}");
        }
        let page = fg.post("/lezenapi/v1/processing-activities", &[("traceId", &trace.to_string())]).await;
        assert_eq!(page.status, http::StatusCode::UNSUPPORTED_MEDIA_TYPE);
        // To nobody else, signed in or not.
        let question = serde_json::json!({ "traceId": trace });
        for index in [ANNA, CARLA, ADMIN, PRIVACY, BOTH] {
            let page = ask(&mut world.browser(index).await, &question).await;
            assert_eq!((page.status, header(&page, "content-type")), (http::StatusCode::FORBIDDEN, "application/problem+json"), "{}", page.text);
        }
        assert_eq!(ask(&mut world.stranger(), &question).await.status, http::StatusCode::UNAUTHORIZED);
        world.answers.close().await;
        world.vault.tell_streams_now().await;
        assert!(world.vault.reconcile(&folder(&world)).await.unwrap().is_sound());
    }

    async fn many_data_processings_come_page_by_page_and_none_is_left_out(engine: Engine) {
        let world = World::new(engine).await;
        world.vault.tell_streams(&options(&world)).unwrap();
        let mut anna = world.browser(ANNA).await;
        let path = world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        for _ in 0..520 {
            anna.get(&path).await;
        }
        let told = records(&world, Stream::Processing).await;
        let intake = "https://gemeente.example/verwerkingsregister#doel-intake";
        let expected = told.iter().filter(|one| one["attributes"][ACTIVITY] == intake).count();
        let mut fg = world.browser(FG).await;
        let (mut spans, mut before, mut pages) = (BTreeSet::new(), None, 0);
        loop {
            let question = match before {
                Some(before) => serde_json::json!({ ACTIVITY: intake, "before": before }),
                None => serde_json::json!({ ACTIVITY: intake }),
            };
            let answer: Value = serde_json::from_str(&ask(&mut fg, &question).await.text).unwrap();
            let page = answer["processingActivities"].as_array().unwrap();
            assert!(page.len() <= 510);
            pages += 1;
            for one in page {
                assert!(spans.insert(one["spanId"].as_str().unwrap().to_owned()), "none twice");
            }
            before = answer["metadata"]["older"].as_u64();
            if before.is_none() {
                break;
            }
        }
        assert_eq!((spans.len(), pages), (expected, 2));
    }
}

fn header<'a>(page: &'a Page, name: &str) -> &'a str {
    page.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

async fn ask(browser: &mut Browser, question: &Value) -> Page {
    ask_text(browser, &question.to_string()).await
}

async fn ask_text(browser: &mut Browser, question: &str) -> Page {
    let request = http::Request::post("/lezenapi/v1/processing-activities")
        .header(http::header::CONTENT_TYPE, "application/json")
        .header("sec-fetch-site", "none");
    browser.send(request, axum::body::Body::from(question.to_owned())).await
}
