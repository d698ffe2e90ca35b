//! What is hashed says everything: no two different lines give the same commitment or leaf.

use super::*;
use plein_domain::header::{ObjectKind, ObjectRef};
use plein_vault::ledger::commitment;
use proptest::prelude::*;

fn id() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

fn payload() -> impl Strategy<Value = Payload> {
    let kind = prop::sample::select(ObjectKind::ALL);
    let object = (kind, id()).prop_map(|(kind, id)| ObjectRef { kind, id });
    let texts = prop::collection::vec(".{0,6}", 6);
    let lists = (prop::collection::vec(object, 0..3), prop::collection::vec(".{0,4}", 0..3));
    ((id(), id()), any::<bool>(), prop::option::of(id()), texts, lists).prop_map(
        |((actor, department), user_is_requestor, case, texts, (objects, policies))| {
            let text = |at: usize| texts[at].clone();
            Payload {
                actor: PersonId(actor),
                actor_name: text(0),
                department: DepartmentId(department),
                department_name: text(1),
                role: text(2),
                user_is_requestor,
                objects,
                case: case.map(CaseId),
                purpose: text(3),
                reason: text(4),
                policies,
                network: text(5),
            }
        },
    )
}

/// The payload with exactly one thing changed; `None` when there is nothing of that to change.
fn changed(payload: &Payload, what: usize) -> Option<Payload> {
    let mut other = payload.clone();
    match what {
        0 => other.actor.0 = Uuid::from_u128(!payload.actor.0.as_u128()),
        1 => other.actor_name.push('x'),
        2 => other.department.0 = Uuid::from_u128(!payload.department.0.as_u128()),
        3 => other.department_name.push('x'),
        4 => other.role.push('x'),
        5 => other.user_is_requestor = !payload.user_is_requestor,
        6 => other.objects.push(signal(1)),
        7 => {
            let object = other.objects.first_mut()?;
            object.id = Uuid::from_u128(!object.id.as_u128());
        }
        8 => other.case = payload.case.is_none().then_some(CaseId(Uuid::nil())),
        9 => other.purpose.push('x'),
        10 => other.reason.push('x'),
        11 => other.policies.push(String::new()),
        12 => other.policies.first_mut()?.push('x'),
        13 => other.network.push('x'),
        // Text that moves from one field to its neighbour.
        14 => {
            let last = other.role.pop()?;
            other.purpose.insert(0, last);
        }
        15 => {
            let last = other.reason.pop()?;
            other.policies.insert(0, last.to_string());
        }
        _ => {
            let all = other.policies.concat();
            other.policies = vec![all];
        }
    }
    (other != *payload).then_some(other)
}

proptest! {
    #[test]
    fn a_payload_with_anything_changed_has_another_commitment(one in payload(), what in 0..17_usize, salt: [u8; 32]) {
        let before = commitment(&salt, &one);
        if let Some(other) = changed(&one, what) {
            prop_assert_ne!(commitment(&salt, &other), before);
        }
        let mut other_salt = salt;
        other_salt[what] ^= 1;
        prop_assert_ne!(commitment(&other_salt, &one), before);
    }

    #[test]
    fn two_payloads_have_the_same_bytes_only_when_they_are_the_same(one in payload(), two in payload()) {
        prop_assert_eq!(one.canonical() == two.canonical(), one == two);
    }

    #[test]
    fn a_line_with_anything_changed_has_another_leaf(
        at: i64, event: u128, sequence in 0..u64::MAX, commitment: [u8; 32],
        kind in prop::sample::select(LineKind::ALL), outcome in prop::sample::select(Outcome::ALL),
        other_kind in prop::sample::select(LineKind::ALL), other_outcome in prop::sample::select(Outcome::ALL),
    ) {
        let line = Line { kind, outcome, ..line(event, Moment(at)) };
        let before = leaf(&line.envelope(sequence, &commitment));
        let mut other_commitment = commitment;
        other_commitment[31] ^= 0x80;
        prop_assert_ne!(leaf(&line.envelope(sequence, &other_commitment)), before);
        prop_assert_ne!(leaf(&line.envelope(sequence + 1, &commitment)), before);
        let with = |change: &dyn Fn(&mut Line)| {
            let mut other = line.clone();
            change(&mut other);
            leaf(&other.envelope(sequence, &commitment))
        };
        prop_assert_ne!(with(&|line| line.at.0 ^= 1), before);
        prop_assert_ne!(with(&|line| line.event.0 = Uuid::from_u128(!event)), before);
        prop_assert_ne!(with(&|line| line.trace.0 = Uuid::nil()), before);
        prop_assert_eq!(with(&|line| line.kind = other_kind) == before, kind == other_kind);
        prop_assert_eq!(with(&|line| line.outcome = other_outcome) == before, outcome == other_outcome);
        prop_assert_eq!(with(&|line| line.payload.reason.push('x')), before, "the payload stands in the commitment only");
    }
}

#[test]
fn the_bytes_of_a_line_stay_what_they_were() {
    // Written down from docs/ledger.md by hand; if this changes, no old proof can be checked any more.
    let line = Line { kind: LineKind::Refused, outcome: Outcome::Refused, ..line(1, Moment(-2)) };
    let mut expected = b"plein/ledger-line/1\n".to_vec();
    expected.extend([0, 0, 0, 0, 0, 0, 0, 5]);
    expected.extend([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe]);
    expected.extend([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expected.extend([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0a, 0xce]);
    expected.extend(b"\0\0\0\x07refused\0\0\0\x07refused");
    expected.extend([9; 32]);
    assert_eq!(line.envelope(5, &[9; 32]), expected);
}
