use super::*;
use plein_domain::plan::Block;
use proptest::prelude::*;
use uuid::Uuid;

const ANNA: PersonId = PersonId(Uuid::from_u128(1));
const BRAM: PersonId = PersonId(Uuid::from_u128(2));

fn sections() -> Vec<NewSection> {
    [("situation", "Situatie"), ("goal", "Doel")].map(|(id, title)| (id.into(), title.into())).to_vec()
}

fn plan() -> Document {
    Document::of(&[Document::made_of(&sections())], []).unwrap_or_else(|broken| panic!("{broken}"))
}

/// A window of somebody: a document of its own that follows the plan.
struct Window {
    doc: Doc,
    number: u64,
}

impl Window {
    fn on(plan: &Document, number: u64) -> Self {
        let window = Self { doc: empty(number), number };
        window.hear(&plan.whole());
        window
    }

    fn hear(&self, update: &[u8]) {
        let update = Update::decode_v1(update).expect("an update");
        self.doc.transact_mut().apply_update(update).expect("applied");
    }

    /// Changes the section at this place; what is to be sent.
    fn change(&self, place: u32, change: impl FnOnce(&mut yrs::TransactionMut<'_>, &XmlElementRef)) -> Vec<u8> {
        let before = self.doc.transact().state_vector();
        let root = self.doc.get_or_insert_xml_fragment(ROOT);
        let mut txn = self.doc.transact_mut();
        let Some(XmlOut::Element(section)) = root.get(&txn, place) else { panic!("no section {place}") };
        change(&mut txn, &section);
        drop(txn);
        self.doc.transact().encode_state_as_update_v1(&before)
    }

    fn types(&self, place: u32, words: &str) -> Vec<u8> {
        self.change(place, |txn, section| {
            let paragraph = section.push_back(txn, XmlElementPrelim::empty("paragraph"));
            paragraph.push_back(txn, XmlTextPrelim::new(words));
        })
    }
}

fn taken(plan: &mut Document, update: &[u8], by: PersonId, window: Option<u64>) -> Applied {
    plan.apply(update, by, window).expect("whole").expect("taken")
}

fn refused(plan: &mut Document, update: &[u8], by: PersonId, window: Option<u64>) -> Refused {
    let before = (plan.state_vector(), plan.sections());
    let refused = plan.apply(update, by, window).expect("whole").expect_err("refused");
    assert_eq!((plan.state_vector(), plan.sections()), before, "nothing is left behind");
    refused
}

#[test]
fn a_new_plan_has_the_sections_of_its_template_and_nothing_in_them() {
    let found: Vec<_> = plan().sections().into_iter().map(|(id, title, _)| (id, title)).collect();
    assert_eq!(found, sections());
    assert!(plan().sections().iter().all(|(_, _, blocks)| blocks.iter().all(Block::is_empty)));
}

#[test]
fn what_somebody_types_is_taken_and_its_section_is_told() {
    let mut plan = plan();
    let window = Window::on(&plan, 77);
    let applied = taken(&mut plan, &window.types(1, "minder overlast"), ANNA, None);
    assert_eq!((applied.client, applied.first, applied.sections), (Some(77), true, vec!["goal".to_owned()]));
    let applied = taken(&mut plan, &window.types(0, "het pand staat leeg"), ANNA, Some(77));
    assert_eq!((applied.first, applied.sections), (false, vec!["situation".to_owned()]));
    assert!(format!("{:?}", plan.sections()).contains("minder overlast"));
    assert_eq!(plan.author(77), Some(ANNA));
}

#[test]
fn what_was_sent_before_changes_nothing() {
    let mut plan = plan();
    let window = Window::on(&plan, 77);
    let update = window.types(0, "eenmaal");
    taken(&mut plan, &update, ANNA, None);
    assert_eq!(taken(&mut plan, &update, ANNA, Some(77)), Applied::default());
    // Somebody else may send it too: it is no new text.
    assert_eq!(taken(&mut plan, &update, BRAM, Some(78)), Applied::default());
}

#[test]
fn text_under_somebody_elses_number_is_refused() {
    let mut plan = plan();
    let anna = Window::on(&plan, 77);
    taken(&mut plan, &anna.types(0, "van Anna"), ANNA, None);
    let forged = Window::on(&plan, 77).types(0, "zogenaamd van Anna");
    assert_eq!(refused(&mut plan, &forged, BRAM, None), Refused::Forged);
    assert_eq!(refused(&mut plan, &forged, BRAM, Some(78)), Refused::Forged);
    // The template's number is nobody's.
    let forged = Window::on(&plan, TEMPLATE).types(0, "uit het sjabloon");
    assert_eq!(refused(&mut plan, &forged, BRAM, None), Refused::Forged);
    // A window keeps its number.
    let other = Window::on(&plan, 79).types(0, "ineens een ander nummer");
    assert_eq!(refused(&mut plan, &other, ANNA, Some(77)), Refused::Forged);
    // And new text of two numbers at once is not one window's.
    let (one, two) = (Window::on(&plan, 80), Window::on(&plan, 81));
    let both = yrs::merge_updates_v1([one.types(0, "a"), two.types(0, "b")]).expect("merged");
    assert_eq!(refused(&mut plan, &both, BRAM, None), Refused::Forged);
}

#[test]
fn text_from_the_future_or_on_text_that_nobody_has_is_refused() {
    let mut plan = plan();
    let window = Window::on(&plan, 77);
    let first = window.types(0, "eerst");
    let second = window.types(0, "daarna");
    assert_eq!(refused(&mut plan, &second, ANNA, None), Refused::Unfitting);
    // Bram answers to words of Anna that never arrived.
    let bram = Window::on(&plan, 78);
    bram.hear(&first);
    let answer = bram.change(0, |txn, section| {
        let Some(XmlOut::Element(paragraph)) = section.get(txn, 1) else { panic!("no paragraph") };
        paragraph.push_back(txn, XmlTextPrelim::new("antwoord"));
    });
    assert_eq!(refused(&mut plan, &answer, BRAM, None), Refused::Unfitting);
    // Once they are there, both fit.
    taken(&mut plan, &first, ANNA, None);
    taken(&mut plan, &answer, BRAM, None);
    taken(&mut plan, &second, ANNA, Some(77));
}

#[test]
fn anybody_may_delete_what_another_wrote() {
    let mut plan = plan();
    let anna = Window::on(&plan, 77);
    taken(&mut plan, &anna.types(0, "weg ermee"), ANNA, None);
    let bram = Window::on(&plan, 78);
    let deletion = bram.change(0, |txn, section| section.remove(txn, 1));
    let applied = taken(&mut plan, &deletion, BRAM, None);
    assert!(applied.update.is_some() && applied.client.is_none());
    assert_eq!(applied.sections, ["situation"]);
    assert!(!format!("{:?}", plan.sections()).contains("weg ermee"));
}

#[test]
fn several_people_at_the_same_place_end_with_the_same_text() {
    let mut plan = plan();
    let windows: Vec<Window> = (0..3).map(|at| Window::on(&plan, 70 + at)).collect();
    for round in 0..20 {
        let sent: Vec<_> = windows.iter().map(|one| one.types(0, &format!("{}-{round}", one.number))).collect();
        for (window, update) in windows.iter().zip(&sent) {
            let by = PersonId(Uuid::from_u128(u128::from(window.number)));
            let applied = taken(&mut plan, update, by, Some(window.number));
            let update = applied.update.expect("something new");
            windows.iter().for_each(|other| other.hear(&update));
        }
    }
    let whole = plan.sections();
    for window in &windows {
        let theirs = window.doc.transact().encode_state_as_update_v1(&StateVector::default());
        let theirs = Document::of(&[theirs], []).expect("whole");
        assert_eq!(theirs.sections(), whole);
    }
}

#[test]
fn headings_lists_tables_marks_and_references_are_read() {
    let mut plan = plan();
    let window = Window::on(&plan, 77);
    let update = window.change(0, |txn, section| {
        let heading = section.push_back(txn, XmlElementPrelim::empty("heading"));
        heading.insert_attribute(txn, "level", "4");
        heading.push_back(txn, XmlTextPrelim::new("Kop"));
        let paragraph = section.push_back(txn, XmlElementPrelim::empty("paragraph"));
        let text = paragraph.push_back(txn, XmlTextPrelim::new("zie vet"));
        text.format(txn, 4, 3, Attrs::from([("bold".into(), Any::from(true))]));
        paragraph.push_back(txn, XmlElementPrelim::empty("hardBreak"));
        let reference = paragraph.push_back(txn, XmlElementPrelim::empty("signalRef"));
        reference.insert_attribute(txn, "id", Uuid::from_u128(5).to_string());
        reference.insert_attribute(txn, "reference", "S-2026-0005");
        let list = section.push_back(txn, XmlElementPrelim::empty("orderedList"));
        let item = list.push_back(txn, XmlElementPrelim::empty("listItem"));
        item.push_back(txn, XmlElementPrelim::empty("paragraph")).push_back(txn, XmlTextPrelim::new("een"));
        let table = section.push_back(txn, XmlElementPrelim::empty("table"));
        let row = table.push_back(txn, XmlElementPrelim::empty("tableRow"));
        for name in ["tableHeader", "tableCell"] {
            let cell = row.push_back(txn, XmlElementPrelim::empty(name));
            cell.push_back(txn, XmlElementPrelim::empty("paragraph")).push_back(txn, XmlTextPrelim::new(name));
        }
        section.push_back(txn, XmlElementPrelim::empty("script"));
    });
    taken(&mut plan, &update, ANNA, None);
    let text = |text: &str, bold| Inline::Text { text: text.into(), bold, italic: false };
    let said = |words: &str| vec![Block::Paragraph(vec![text(words, false)])];
    let expected = vec![
        Block::Paragraph(vec![]),
        Block::Heading(4, vec![text("Kop", false)]),
        Block::Paragraph(vec![
            text("zie ", false),
            text("vet", true),
            Inline::Break,
            Inline::Signal(SignalId(Uuid::from_u128(5)), Reference("S-2026-0005".into())),
        ]),
        Block::List { ordered: true, items: vec![said("een")] },
        Block::Table(vec![vec![
            Cell { header: true, blocks: said("tableHeader") },
            Cell { header: false, blocks: said("tableCell") },
        ]]),
    ];
    assert_eq!(plan.sections()[0].2, expected, "what is not known is not shown");
}

/// A thread with one message by this name, and what is to be sent.
fn comment(window: &Window, thread: &str, by: &str) -> Vec<u8> {
    let before = window.doc.transact().state_vector();
    let map = window.doc.get_or_insert_map(COMMENTS);
    let mut txn = window.doc.transact_mut();
    let message = Any::from(HashMap::from([("by".to_owned(), Any::from(by)), ("text".to_owned(), Any::from("?"))]));
    let messages = match map.get(&txn, thread) {
        Some(Out::YMap(thread)) => match thread.get(&txn, "messages") {
            Some(Out::YArray(messages)) => messages,
            _ => panic!("no messages"),
        },
        _ => {
            let thread = map.insert(&mut txn, thread, yrs::MapPrelim::default());
            thread.insert(&mut txn, "messages", yrs::ArrayPrelim::default())
        }
    };
    messages.push_back(&mut txn, message);
    drop(txn);
    window.doc.transact().encode_state_as_update_v1(&before)
}

#[test]
fn a_comment_stands_under_the_name_of_who_wrote_it_or_not_at_all() {
    let mut plan = plan();
    let window = Window::on(&plan, 77);
    taken(&mut plan, &comment(&window, "a", &ANNA.to_string()), ANNA, None);
    taken(&mut plan, &comment(&window, "a", &ANNA.to_string()), ANNA, Some(77));
    let whole = plan.whole();
    for (thread, by) in [("a", BRAM.to_string()), ("b", BRAM.to_string()), ("c", String::new())] {
        let mut plan = Document::of(std::slice::from_ref(&whole), [(77, ANNA)]).expect("a plan");
        let window = Window::on(&plan, 78);
        let forged = comment(&window, thread, &by);
        assert!(plan.apply(&forged, ANNA, None).is_err(), "{thread}");
    }
}

/// A thread on what this names, said by Anna, and what is to be sent.
fn thread(window: &Window, number: u128, about: &[(&str, Any)], text: &str) -> Vec<u8> {
    let before = window.doc.transact().state_vector();
    let map = window.doc.get_or_insert_map(COMMENTS);
    let mut txn = window.doc.transact_mut();
    let thread = map.insert(&mut txn, Uuid::from_u128(number).to_string(), yrs::MapPrelim::default());
    for (name, value) in about {
        thread.insert(&mut txn, *name, value.clone());
    }
    let messages = thread.insert(&mut txn, "messages", yrs::ArrayPrelim::default());
    let fields = [("id", Uuid::from_u128(number + 1).to_string()), ("by", ANNA.to_string()), ("text", text.to_owned())];
    let fields = fields.into_iter().chain([("at", "2026-11-23T09:00:00.000Z".to_owned())]);
    let fields: HashMap<String, Any> = fields.map(|(name, value)| (name.to_owned(), Any::from(value))).collect();
    messages.push_back(&mut txn, Any::from(fields));
    drop(txn);
    window.doc.transact().encode_state_as_update_v1(&before)
}

/// A relative position in this text, as Yjs writes it.
fn position(window: &Window, text: &XmlTextRef, index: u32) -> Any {
    use yrs::IndexedSequence;
    let sticky = text.sticky_index(&window.doc.transact(), index, yrs::Assoc::After).expect("a position");
    let id = sticky.id().expect("in the text");
    let client = i64::try_from(id.client.get()).expect("a small number");
    let item = [("client", Any::from(client)), ("clock", Any::from(i64::from(id.clock)))];
    let item: HashMap<String, Any> = item.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Any::from(HashMap::from([("item".to_owned(), Any::from(item)), ("assoc".to_owned(), Any::from(0_i64))]))
}

#[test]
fn comments_are_read_with_the_section_of_what_they_hang_on_until_that_is_gone() {
    let mut plan = plan();
    let window = Window::on(&plan, 77);
    let mut text = None;
    let update = window.change(1, |txn, section| {
        let paragraph = section.push_back(txn, XmlElementPrelim::empty("paragraph"));
        text = Some(paragraph.push_back(txn, XmlTextPrelim::new("drie panden aan de kade")));
        let element = section.push_back(txn, XmlElementPrelim::empty("intervention"));
        element.insert_attribute(txn, "id", Uuid::from_u128(901).to_string());
    });
    taken(&mut plan, &update, ANNA, None);
    let text = text.expect("a text");
    let (anchor, head) = (position(&window, &text, 5), position(&window, &text, 11));
    let about = [("anchor", anchor), ("head", head), ("quote", Any::from("panden"))];
    let applied = taken(&mut plan, &thread(&window, 10, &about, "Welke?"), ANNA, Some(77));
    assert!(applied.comments && applied.sections.is_empty());
    let about = [("intervention", Any::from(Uuid::from_u128(901).to_string())), ("resolved", Any::Bool(true))];
    taken(&mut plan, &thread(&window, 20, &about, "Wanneer?"), ANNA, Some(77));
    // What no editor writes.
    let wild = [("item", Any::from(HashMap::from([("client".to_owned(), Any::from(1e300))])))];
    let wild: HashMap<String, Any> = wild.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let about = [("anchor", Any::from(wild)), ("head", Any::Null)];
    taken(&mut plan, &thread(&window, 30, &about, "Waar?"), ANNA, Some(77));

    let found = plan.threads();
    let goal = Some("goal".to_owned());
    let seen: Vec<_> = found.iter().map(|one| (one.id.as_u128(), one.section.clone(), one.resolved)).collect();
    assert_eq!(seen, [(10, goal.clone(), false), (20, goal, true), (30, None, false)]);
    assert_eq!(found[0].quote, "panden");
    assert_eq!(found[0].comments[0].by, ANNA);
    assert_eq!(found[0].comments[0].said, [plein_domain::plan::Said::Words("Welke?".into())]);
    assert!(found[0].comments[0].at.is_some());

    let deletion = window.change(1, |txn, section| section.remove_range(txn, 1, 2));
    taken(&mut plan, &deletion, ANNA, Some(77));
    assert!(plan.threads().iter().all(|one| one.section.is_none()));
}

#[test]
fn messages_put_in_the_place_of_a_threads_own_are_signed_too() {
    let mut plan = plan();
    let window = Window::on(&plan, 77);
    taken(&mut plan, &comment(&window, "a", &ANNA.to_string()), ANNA, None);
    let before = window.doc.transact().state_vector();
    {
        let map = window.doc.get_or_insert_map(COMMENTS);
        let mut txn = window.doc.transact_mut();
        let Some(Out::YMap(thread)) = map.get(&txn, "a") else { panic!("no thread") };
        let messages = thread.insert(&mut txn, "messages", yrs::ArrayPrelim::default());
        messages.push_back(&mut txn, Any::from(HashMap::from([("by".to_owned(), Any::from(BRAM.to_string()))])));
    }
    let forged = window.doc.transact().encode_state_as_update_v1(&before);
    assert!(plan.apply(&forged, ANNA, Some(77)).is_err());
}

#[test]
fn a_number_that_somebody_goes_by_is_theirs_before_they_write() {
    let mut plan = plan();
    assert!(plan.claim(77, ANNA) && plan.claim(77, ANNA));
    assert!(!plan.claim(77, BRAM) && !plan.claim(TEMPLATE, ANNA));
    let forged = Window::on(&plan, 77).types(0, "eerder");
    assert_eq!(refused(&mut plan, &forged, BRAM, None), Refused::Forged);
    let own = Window::on(&plan, 77).types(0, "van Anna");
    taken(&mut plan, &own, ANNA, Some(77));
    assert!(!plan.claim(77, BRAM));
}

#[test]
fn interventions_are_read_and_nonsense_in_their_fields_is_as_if_empty() {
    let mut plan = plan();
    let window = Window::on(&plan, 77);
    let [one, two] = [Uuid::from_u128(901), Uuid::from_u128(902)];
    let update = window.change(1, |txn, section| {
        for (id, due, person) in [(one, "2026-12-01", ANNA.to_string()), (two, "morgen", "niemand".into())] {
            let element = section.push_back(txn, XmlElementPrelim::empty("intervention"));
            for (name, value) in [
                ("id", id.to_string()),
                ("kind", "fiscaal".into()),
                ("due", due.into()),
                ("person", person),
                ("status", "started".into()),
            ] {
                element.insert_attribute(txn, name, value);
            }
            element.push_back(txn, XmlElementPrelim::empty("paragraph")).push_back(txn, XmlTextPrelim::new("beslag"));
        }
        section.push_back(txn, XmlElementPrelim::empty("intervention"));
    });
    taken(&mut plan, &update, ANNA, None);
    let row = |id, person, due: Option<&str>| InterventionRow {
        id,
        kind: InterventionKind::Fiscal,
        person,
        due: due.and_then(|due| due.parse().ok()),
        status: InterventionStatus::Started,
    };
    assert_eq!(plan.interventions(), [row(one, Some(ANNA), Some("2026-12-01")), row(two, None, None)]);
    assert!(format!("{:?}", plan.sections()[1].2).contains("beslag"));
}

/// Lists in lists, so many of them.
fn lists(window: &Window, depth: usize) -> Vec<u8> {
    window.change(0, |txn, section| {
        let mut at = section.clone();
        for _ in 0..depth {
            let list = at.push_back(txn, XmlElementPrelim::empty("bulletList"));
            at = list.push_back(txn, XmlElementPrelim::empty("listItem"));
        }
    })
}

#[test]
fn blocks_within_blocks_are_cut_off_and_without_end_refused() {
    let mut plan = plan();
    let window = Window::on(&plan, 77);
    taken(&mut plan, &lists(&window, 30), ANNA, None);
    assert_eq!(plan.sections().len(), 2);
    let without_end = lists(&Window::on(&plan, 78), 33);
    assert_eq!(refused(&mut plan, &without_end, BRAM, None), Refused::Malformed);
}

#[test]
fn elements_do_not_get_too_deep_bit_by_bit_either() {
    let mut plan = plan();
    let window = Window::on(&plan, 77);
    // Beside the deepest element another, and one in that.
    let deeper = || {
        window.change(0, |txn, section| {
            let (mut above, mut deepest) = (section.clone(), section.clone());
            while let Some(XmlOut::Element(inner)) =
                deepest.len(txn).checked_sub(1).and_then(|last| deepest.get(txn, last))
            {
                (above, deepest) = (deepest, inner);
            }
            let list = above.push_back(txn, XmlElementPrelim::empty("bulletList"));
            list.push_back(txn, XmlElementPrelim::empty("listItem"));
        })
    };
    for round in 0.. {
        let update = deeper();
        match plan.apply(&update, ANNA, None).expect("whole") {
            Ok(_) => assert!(round < 64, "it goes on for ever"),
            Err(refused) => {
                assert_eq!(refused, Refused::Malformed);
                assert!(round > 20, "{round} is not deep");
                break;
            }
        }
    }
}

/// Found by the fuzzer: yrs took the text and kept only the deletions in it, and the plan could not be read again.
#[test]
fn text_with_a_gap_in_it_is_refused() {
    let mut plan = plan();
    let window = Window::on(&plan, 77);
    let (first, _, third) = (window.types(0, "een"), window.types(0, "twee"), window.types(0, "drie"));
    let gap = yrs::merge_updates_v1([first, third]).expect("merged");
    assert_eq!(refused(&mut plan, &gap, ANNA, None), Refused::Malformed);
    // The same without saying so.
    let part = |clock| [&[1, 77, clock, 4, 1, 4][..], b"plan\x03abc"].concat();
    assert_eq!(refused(&mut plan, &[vec![2], part(0), part(9), vec![0]].concat(), ANNA, None), Refused::Malformed);
}

#[test]
fn counts_of_what_does_not_follow_and_values_without_end_are_refused() {
    let mut plan = plan();
    // Of clients, blocks, deletions, deleted ranges.
    let many = [0xff, 0xff, 0xff, 0xff, 0x0f];
    for head in [&[][..], &[1], &[0], &[0, 1, 5]] {
        let update = [head, &many, &[7, 0, 0, 0]].concat();
        assert_eq!(refused(&mut plan, &update, ANNA, None), Refused::Malformed);
    }
    assert_eq!(plan.rest(&many), Err(Refused::Malformed));
    // An array in an array in an array: two bytes each, and the decoder goes into all of them.
    for depth in [100, 1_000_000] {
        let update = [&[1, 1, 77, 0, 8, 1, 4][..], b"plan", &[1], &[117, 1].repeat(depth), &[126, 0]].concat();
        assert_eq!(refused(&mut plan, &update, ANNA, None), Refused::Malformed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn bytes_that_are_no_update_are_refused_and_harm_nothing(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
        let mut plan = plan();
        let before = plan.sections();
        if let Ok(Err(_)) = plan.apply(&bytes, ANNA, None) {
            prop_assert_eq!(plan.sections(), before);
        }
        let _ = plan.rest(&bytes);
    }

    #[test]
    fn an_update_with_a_byte_changed_breaks_nothing(at in 0_usize..10_000, to: u8) {
        let mut plan = plan();
        let mut update = Window::on(&plan, 77).types(0, "een paar woorden die ergens staan");
        let at = at % update.len();
        update[at] = to;
        // Refused, taken, or the document in memory is given up: never a panic.
        let _ = plan.apply(&update, ANNA, None);
    }
}
