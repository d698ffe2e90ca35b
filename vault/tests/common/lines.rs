//! Lines for tests of the ledger.

use plein_domain::{
    header::{ObjectKind, ObjectRef},
    ids::*,
    ledger::{Line, LineKind, Outcome, Payload},
    moment::Moment,
};
use uuid::Uuid;

/// Stands in the sealed part of every line; must be found nowhere on a disk.
pub const CANARY: &str = "kanarie-Willemina-van-der-Zwaluw";

/// A signal by number.
pub fn signal(number: u128) -> ObjectRef {
    ObjectRef { kind: ObjectKind::Signal, id: Uuid::from_u128(number) }
}

/// Somebody opened signal 7.
pub fn line(event: u128, at: Moment) -> Line {
    Line {
        event: EventId(Uuid::from_u128(event)),
        at,
        trace: TraceId(Uuid::from_u128(0xace)),
        kind: LineKind::Opened,
        outcome: Outcome::Permitted,
        payload: Payload {
            actor: PersonId(Uuid::from_u128(0xa)),
            actor_name: format!("{CANARY} name"),
            department: DepartmentId(Uuid::from_u128(0xd)),
            department_name: format!("{CANARY} department"),
            role: format!("{CANARY} role"),
            user_is_requestor: true,
            objects: vec![signal(7)],
            case: Some(CaseId(Uuid::from_u128(0xca5e))),
            purpose: "intake".into(),
            reason: format!("{CANARY} reason"),
            policies: vec![format!("{CANARY} policy")],
            network: format!("{CANARY} network"),
        },
    }
}

/// Lines with consecutive events.
pub fn lines(events: std::ops::Range<u128>, at: Moment) -> Vec<Line> {
    events.map(|event| line(event, at)).collect()
}
